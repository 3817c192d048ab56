import type { Database } from '../../src/stores/database.ts'

/** Rows as a busy desk has them, `size` of each, every one with all that can belong to it; for tests that count what reading them takes. */
export async function fillDesk(database: Database, { size, partnerId, customerId }: { size: number; partnerId: string; customerId: string }) {
  const numbers = Array.from({ length: size }, (_, index) => index)
  const id = (kind: string, number: number) => `${kind}-${String(number).padStart(4, '0')}`
  const each = <Row>(row: (number: number) => Row | Row[]): Row[] => numbers.flatMap((number) => row(number))

  await database.agent.createMany({ data: each((n) => ({ id: id('agent', n), name: `Agent ${n}` })) })
  await database.apiKey.createMany({
    data: each((n) => [
      { id: id('new', n), name: 'New', role: 'AGENT' as const, prefix: 'us_', hash: id('new-hash', n), agentId: id('agent', n) },
      {
        id: id('old', n),
        name: 'Old',
        role: 'AGENT' as const,
        prefix: 'us_',
        hash: id('old-hash', n),
        agentId: id('agent', n),
        replacedById: id('new', n),
      },
    ]),
  })
  const article = { title: 'Returns', body: 'Within 30 days.', category: 'returns' }
  await database.article.createMany({
    data: each((n) => ({ ...article, id: id('article', n), slug: id('article', n), indexState: 'INDEXED' as const, indexedVersion: 1 })),
  })
  await database.articleVersion.createMany({
    data: each((n) => ({
      ...article,
      articleId: id('article', n),
      version: 1,
      audience: 'PUBLIC' as const,
      locale: 'en',
      status: 'PUBLISHED' as const,
      authorId: id('agent', n),
    })),
  })
  await database.phrasing.createMany({ data: each((n) => ({ articleId: id('article', n), text: 'Can I send it back?' })) })
  await database.articlePair.createMany({
    data: each((n) => ({
      kind: 'DUPLICATE' as const,
      firstId: id('article', n),
      firstVersion: 1,
      secondId: id('article', (n + 1) % size),
      secondVersion: 1,
      score: 1,
    })),
  })

  await database.conversation.createMany({
    data: each((n) => ({ id: id('conversation', n), customerId, partnerId, assigneeId: id('agent', n), intent: 'returns', escalatedAt: new Date() })),
  })
  await database.conversation.updateMany({ where: { id: { not: id('conversation', 0) } }, data: { previousId: id('conversation', 0) } })
  const message = (n: number, position: number) => ({
    id: id(`message-${position}`, n),
    conversationId: id('conversation', n),
    position,
    text: 'Hello',
  })
  await database.message.createMany({ data: each((n) => ({ ...message(n, 0), kind: 'CUSTOMER' as const, customerId })) })
  const draft = (n: number) => ({ conversationId: id('conversation', n), turnMessageId: id('message-0', n) })
  await database.draft.createMany({
    data: each((n) => [
      {
        ...draft(n),
        id: id('sent', n),
        status: 'SENT' as const,
        confidence: 0.9,
        supportScore: 1,
        editedText: 'Hi',
        editedAt: new Date(),
        editedById: id('agent', n),
        rejectedAt: new Date(),
        rejectedById: id('agent', n),
      },
      { ...draft(n), id: id('queued', n), status: 'QUEUED' as const },
    ]),
  })
  await database.citation.createMany({
    data: each((n) =>
      [1, 2].map((index) => ({
        draftId: id('sent', n),
        index,
        articleId: id('article', (n + index) % size),
        articleVersion: 1,
        chunkHeading: 'Returns',
        chunkText: 'Within 30 days.',
        quote: 'Within 30 days.',
        score: 1,
      })),
    ),
  })
  await database.message.createMany({
    data: each((n) => [
      { ...message(n, 1), kind: 'FINAL' as const, agentId: id('agent', n), draftId: id('sent', n) },
      { ...message(n, 2), kind: 'NOTE' as const, agentId: id('agent', n) },
    ]),
  })
  for (const n of numbers) await database.conversation.update({ where: { id: id('conversation', n) }, data: { lastMessageId: id('message-1', n) } })
  const entry = (n: number) => ({ conversationId: id('conversation', n) })
  await database.timelineEntry.createMany({
    data: each((n) => [
      { ...entry(n), kind: 'OPENED' as const, customerId },
      { ...entry(n), kind: 'MESSAGE' as const, customerId, messageId: id('message-0', n) },
      { ...entry(n), kind: 'DRAFT' as const, agentId: id('agent', n), draftId: id('sent', n) },
      { ...entry(n), kind: 'ASSIGNMENT' as const, agentId: id('agent', n), assigneeId: id('agent', n) },
    ]),
  })
  await database.feedback.createMany({
    data: each((n) => ({
      id: id('feedback', n),
      draftId: id('sent', n),
      agentId: id('agent', n),
      correctedArticleIds: [id('article', n), id('article', (n + 1) % size)],
    })),
  })
  await database.trainingExample.createMany({
    data: each((n) => ({
      draftId: id('sent', n),
      conversationId: id('conversation', n),
      feedbackId: id('feedback', n),
      question: 'Q',
      originalResponse: 'A',
    })),
  })
  await database.modelVersion.createMany({
    data: each((n) => ({
      id: id('version', n),
      name: id('version', n),
      kind: 'CUSTOM' as const,
      createdById: id('agent', n),
      ...(n > 0 && { parentId: id('version', n - 1) }),
    })),
  })
  await database.promotion.createMany({
    data: each((n) => ({
      modelVersionId: id('version', n),
      replacedId: id('version', (n + 1) % size),
      reason: 'MANUAL' as const,
      byId: id('agent', n),
    })),
  })
  const examples = await database.trainingExample.findMany({ select: { id: true }, take: size })
  await database.modelVersionExample.createMany({
    data: each((n) => examples.slice(0, 2).map((example) => ({ modelVersionId: id('version', n), trainingExampleId: example.id }))),
  })
  await database.survey.createMany({
    data: each((n) => ({ id: id('survey', n), ...entry(n), agentId: id('agent', n), draftId: id('sent', n), expiresAt: new Date() })),
  })
  await database.satisfactionRating.createMany({ data: each((n) => ({ surveyId: id('survey', n), score: 5 })) })

  await database.knowledgeGap.createMany({
    data: each((n) => ({ id: id('gap', n), question: 'Q', count: 1 })),
  })
  await database.gapQuestion.createMany({
    data: each((n) => ({ gapId: id('gap', n), conversationId: id('conversation', n), messageId: id('message-0', n), text: 'Q' })),
  })
  await database.intent.createMany({ data: each((n) => ({ id: id('intent', n), name: id('intent', n) })) })
  await database.intentExample.createMany({ data: each((n) => [1, 2].map((m) => ({ intentId: id('intent', n), text: `Example ${m}` }))) })
  await database.operationManifest.createMany({ data: each((n) => ({ id: id('manifest', n), partnerId, version: n + 1 })) })
  await database.registeredOperation.createMany({
    data: each((n) => ({ partnerId, manifestId: id('manifest', n), hash: id('hash', n), body: '{ __typename }', name: 'Q', type: 'query', cost: 1 })),
  })
  await database.webhook.createMany({
    data: each((n) => ({ id: id('webhook', n), url: 'https://example.com', events: ['DRAFT_READY' as const], createdById: id('agent', n) })),
  })
  await database.webhookDelivery.createMany({
    data: each((n) => ({
      id: id('delivery', n),
      webhookId: id('webhook', 0),
      eventId: id('event', n),
      event: 'DRAFT_READY' as const,
      payload: {},
      status: 'DELIVERED' as const,
    })),
  })
  await database.webhookAttempt.createMany({ data: each((n) => ({ deliveryId: id('delivery', n), statusCode: 200, tookMs: 1 })) })
}
