import { vi } from 'vitest'
import { surveyToken } from '../../../src/services/surveys/survey-token.ts'
import { globalId } from '../desk.ts'
import type { TestServer } from '../start-server.ts'

/** By type, the global id of a row; also `token`, of a survey, and `slug`, of an article. */
export type Rows = Record<string, string>

export interface Seeded {
  /** What the customer and the partner may know, and one of everything that is the team's. */
  own: Rows
  /** The same kinds of rows of somebody else. */
  foreign: Rows
  customerId: string
  partnerId: string
}

const day = 86_400_000
const measured = { editRatio: 0, semanticSimilarity: 1, bleu: 100, support: 1, lengthRatio: 1, escalationAgreement: 1, seconds: 1 }
const summary = {
  cases: 1,
  metrics: measured,
  comparedMetrics: measured,
  comparisons: [{ metric: 'editRatio', difference: 0, low: 0, high: 0, cases: 2, outcome: 'NO_DIFFERENCE' }],
}
const evaluation = { ...summary, byIntent: [{ intent: 'refund', ...summary }] }
const createArticle = 'mutation ($input: CreateArticleInput!) { createArticle(input: $input) { ... on Article { slug } } }'

/** One row of everything that a query can reach, with all that such a row can hold: whether a field is answered must not hang on what it has. */
export async function seedPermissions(server: TestServer): Promise<Seeded> {
  const { database } = server.app.resources
  const agent = await database.agent.create({ data: { name: 'Ada' } })
  const modelVersion = await makeModelVersion()
  const experiment = await makeExperiment()
  const [, variant] = experiment.variants
  const partner = await database.partner.create({ data: { name: 'Shipping Inc' } })
  const otherPartner = await database.partner.create({ data: { name: 'Another' } })
  const intent = await database.intent.create({ data: { name: 'refund', examples: { create: { text: 'I want my money back' } } } })
  const importRun = await database.run.create({ data: { kind: 'IMPORT', status: 'FAILED', failureCode: 'X', failureMessage: 'x' } })
  await database.importFile.create({ data: { runId: importRun.id, position: 0, path: 'a.md', outcome: 'FAILED', problem: 'x' } })
  const dataset = await database.dataset.create({ data: { format: 'CHAT', isRedacted: true, sha256: 'a', expiresAt: new Date(Date.now() + day) } })
  const retrainingRun = await database.run.create({ data: { kind: 'RETRAINING', status: 'COMPLETED', retraining: { create: retraining } } })
  const reindexRun = await database.run.create({ data: { kind: 'REINDEX', status: 'COMPLETED' } })
  const modelBuildRun = await database.run.create({ data: { kind: 'MODEL_BUILD', status: 'COMPLETED', modelVersionId: modelVersion.id } })
  const settings = { epochs: 1, learningRate: 0.1, rank: 1, alpha: 1, dropout: 0, targetModules: ['q_proj'], quantized: false, minimumExamples: 2 }
  const fineTuningRun = await database.run.create({
    data: {
      kind: 'FINE_TUNING',
      status: 'COMPLETED',
      modelVersionId: modelVersion.id,
      fineTuning: { create: { settings, adapterPath: 'x', losses: [{ step: 1, loss: 1, heldOutLoss: 1 }] } },
    },
  })
  const evaluationRun = await database.run.create({
    data: {
      kind: 'EVALUATION',
      status: 'COMPLETED',
      evaluation: {
        create: { modelVersionId: modelVersion.id, comparedToId: (await database.modelVersion.findFirstOrThrow()).id, result: evaluation },
      },
    },
  })
  const replacedBy = await database.apiKey.create({ data: { name: 'new', role: 'ADMIN', prefix: 'x', hash: 'x1' } })
  const customer = await database.customer.create({ data: { externalId: 'ann', name: 'Ann', email: 'ann@example.com' } })
  const key = { name: 'old', role: 'ADMIN' as const, prefix: 'x', hash: 'x2', replacedById: replacedBy.id }
  const apiKey = await database.apiKey.create({ data: { ...key, agentId: agent.id, partnerId: partner.id, customerId: customer.id } })
  const other = await database.customer.create({ data: { externalId: 'ben', name: 'Ben', email: 'ben@example.com' } })
  const articles = [await article('PUBLIC'), await article('INTERNAL')] as const
  // No draft about a refund will cite it.
  const hours = { title: 'Opening hours', body: 'We are open from nine to five.', category: 'Shops' }
  await server.post({ query: createArticle, variables: { input: hours } })
  const [first, second] = articles
  const pair = await database.articlePair.create({
    data: {
      kind: 'CONTRADICTION',
      firstId: first.id,
      firstVersion: 1,
      secondId: second.id,
      secondVersion: 1,
      score: 1,
      findings: [{ first: 'a', second: 'b', firstValue: '1', secondValue: '2' }],
    },
  })
  const webhook = await database.webhook.create({ data: { url: 'https://example.com/', events: ['DRAFT_READY'], createdById: agent.id } })
  const delivery = await database.webhookDelivery.create({
    data: { webhookId: webhook.id, eventId: 'x', event: 'DRAFT_READY', payload: {}, status: 'DELIVERED', attemptLog: { create: { tookMs: 1 } } },
  })
  const staff: Rows = {
    Webhook: globalId('Webhook', webhook.id),
    WebhookDelivery: globalId('WebhookDelivery', delivery.id),
    Agent: globalId('Agent', agent.id),
    Partner: globalId('Partner', partner.id),
    ApiKey: globalId('ApiKey', apiKey.id),
    Intent: globalId('Intent', intent.id),
    ImportRun: globalId('ImportRun', importRun.id),
    DatasetExport: globalId('DatasetExport', dataset.id),
    RetrainingRun: globalId('RetrainingRun', retrainingRun.id),
    Run: globalId('ImportRun', importRun.id),
    ReindexRun: globalId('ReindexRun', reindexRun.id),
    ModelBuildRun: globalId('ModelBuildRun', modelBuildRun.id),
    FineTuningRun: globalId('FineTuningRun', fineTuningRun.id),
    EvaluationRun: globalId('EvaluationRun', evaluationRun.id),
    ModelVersion: globalId('ModelVersion', modelVersion.id),
    ArticlePair: globalId('ArticlePair', pair.id),
    Experiment: globalId('Experiment', experiment.id),
    ExperimentVariant: globalId('ExperimentVariant', variant!.id),
  }
  return {
    own: { ...staff, ...(await conversation(customer.id, partner.id)), ...articleRows(first), ...(await operations(partner.id)) },
    foreign: { ...staff, ...(await conversation(other.id, null)), ...articleRows(second), ...(await operations(otherPartner.id)) },
    customerId: customer.id,
    partnerId: partner.id,
  }

  async function makeModelVersion() {
    const parent = await database.modelVersion.findFirstOrThrow()
    return database.modelVersion.create({
      data: {
        name: 'Tuned',
        kind: 'FINE_TUNED',
        status: 'FAILED',
        parentId: parent.id,
        baseModel: 'llama3.2',
        generatorModel: 'tuned',
        systemPrompt: 'Be brief.',
        parameters: { temperature: 0, topP: 0.9, contextTokens: 4096, maximumTokens: 200 },
        datasetSha256: 'a',
        metrics: { editRatio: 0.1, semanticSimilarity: 0.9, bleu: 50, support: 1 },
        modelfile: 'FROM llama3.2',
        probes: [{ name: 'ANSWERS', passed: false, detail: 'nothing' }],
        failureMessage: 'x',
        createdById: agent.id,
        promotions: { create: { replacedId: parent.id, reason: 'AUTOMATIC_ROLL_BACK', detail: 'worse', byId: agent.id } },
      },
    })
  }

  async function makeExperiment() {
    const parent = await database.modelVersion.findFirstOrThrow({ where: { status: 'ACTIVE' } })
    const arm = { weight: 1, conversations: 40, drafts: 40, measuredDrafts: 40, samples: { CSAT: { count: 40, mean: 0.5, variance: 0.1 } } }
    const made = await database.experiment.create({
      data: {
        name: 'Tuned or not',
        status: 'STOPPED',
        primaryMetric: 'CSAT',
        guardrails: ['CSAT'],
        outcome: 'BETTER',
        conclusion: 'x',
        reason: 'x',
        promoted: true,
        figures: [
          { name: 'now', ...arm },
          { name: 'tuned', ...arm },
        ],
        createdById: agent.id,
        startedAt: new Date(),
        decidedAt: new Date(),
        stoppedAt: new Date(),
        variants: {
          create: [
            { name: 'now', weight: 1, position: 0, modelVersionId: parent.id },
            { name: 'tuned', weight: 1, position: 1, modelVersionId: modelVersion.id },
          ],
        },
      },
      include: { variants: { orderBy: { position: 'asc' } } },
    })
    await database.promotion.updateMany({ where: { modelVersionId: modelVersion.id }, data: { experimentId: made.id } })
    return database.experiment.update({
      where: { id: made.id },
      data: { winnerId: made.variants[1]!.id },
      include: { variants: { orderBy: { position: 'asc' } } },
    })
  }

  async function article(audience: 'PUBLIC' | 'INTERNAL') {
    const input = { title: `Refunds ${audience}`, body: 'A refund takes 14 days.', category: 'Returns', audience }
    const { slug } = (await server.post({ query: createArticle, variables: { input } })).body.data.createArticle
    const isIndexed = async () => {
      if ((await database.article.findUniqueOrThrow({ where: { slug } })).indexState !== 'INDEXED') throw new Error('the article is not indexed')
    }
    await vi.waitFor(isIndexed, { timeout: 30_000 })
    const stored = await database.article.update({ where: { slug }, data: { sourcePath: audience } })
    await database.phrasing.create({ data: { articleId: stored.id, text: 'money back' } })
    return stored
  }

  async function operations(ofPartner: string): Promise<Rows> {
    const manifest = await database.operationManifest.create({ data: { partnerId: ofPartner, version: 1 } })
    const operation = { hash: 'x', body: 'query Viewer { viewer { id } }', name: 'Viewer', type: 'query', cost: 1 }
    const stored = await database.registeredOperation.create({ data: { ...operation, partnerId: ofPartner, manifestId: manifest.id } })
    return { OperationManifest: globalId('OperationManifest', manifest.id), RegisteredOperation: globalId('RegisteredOperation', stored.id) }
  }

  function articleRows({ id, slug }: { id: string; slug: string }): Rows {
    return { Article: globalId('Article', id), slug }
  }

  async function conversation(customerId: string, partnerId: string | null): Promise<Rows> {
    const whose = { customerId, partnerId }
    const previous = await database.conversation.create({ data: { ...whose, status: 'RESOLVED' } })
    const { id: conversationId } = await database.conversation.create({
      data: {
        ...whose,
        subject: 'Refund',
        intent: 'refund',
        assigneeId: agent.id,
        previousId: previous.id,
        escalatedAt: new Date(),
        escalationReasons: ['OTHER'],
        escalationNote: 'x',
        messageCount: 2,
      },
    })
    await database.conversation.create({ data: { ...whose, previousId: conversationId } })
    const question = await database.message.create({ data: { conversationId, position: 1, kind: 'CUSTOMER', text: 'Refund?', customerId } })
    const draft = await database.draft.create({
      data: {
        conversationId,
        turnMessageId: question.id,
        requestedById: agent.id,
        status: 'READY',
        text: 'A refund takes 14 days.',
        instruction: 'x',
        origin: 'EXTRACTIVE',
        modelVersionId: modelVersion.id,
        variantId: variant!.id,
        intent: 'refund',
        confidence: 0.9,
        margin: 0.5,
        outOfScope: false,
        routingDetails: { alternatives: [{ intent: 'a', confidence: 0.1 }], nearest: [{ intent: 'a', text: 'b', similarity: 0.5 }] },
        steps: [step],
        queries: ['refund'],
        supportScore: 0.5,
        unsupported: [{ text: 'a', reason: 'b' }],
        escalationRecommended: true,
        escalationReasons: ['OTHER'],
        handOver: { problem: 'a', tried: 'b', open: 'c', next: 'd', origin: 'EXTRACTIVE' },
        failureCode: 'X',
        failureMessage: 'x',
        prompt: [{ role: 'user', content: 'a' }],
        editedText: 'x',
        editedAt: new Date(),
        editedById: agent.id,
        rejectionReasons: ['OTHER'],
        rejectedAt: new Date(),
        rejectedById: agent.id,
        finishedAt: new Date(),
      },
    })
    const citation = { draftId: draft.id, articleVersion: 1, chunkHeading: 'a', chunkText: 'b', quote: 'c', score: 1, spans: [{ start: 0, end: 1 }] }
    await database.citation.createMany({ data: articles.map(({ id }, position) => ({ ...citation, index: position + 1, articleId: id })) })
    const feedback = await database.feedback.create({ data: { draftId: draft.id, agentId: agent.id, rating: 'HELPFUL' } })
    const reply = { conversationId, position: 2, kind: 'FINAL' as const, text: 'A refund takes 14 days.', agentId: agent.id, draftId: draft.id }
    const message = await database.message.create({
      data: { ...reply, editRatio: 0, metrics: { create: { draftId: draft.id, bleu: 1, semanticSimilarity: 1, lengthRatio: 1 } } },
    })
    await database.conversation.update({ where: { id: conversationId }, data: { lastMessageId: message.id } })
    const example = {
      conversationId,
      draftId: draft.id,
      messageId: message.id,
      feedbackId: feedback.id,
      question: 'a',
      originalResponse: 'b',
      ...taught,
    }
    const trainingExample = await database.trainingExample.create({ data: example })
    await database.modelVersionExample.create({ data: { modelVersionId: modelVersion.id, trainingExampleId: trainingExample.id } })
    const survey = await database.survey.create({
      data: { conversationId, agentId: agent.id, draftId: draft.id, expiresAt: new Date(Date.now() + day), rating: { create: { score: 5 } } },
      include: { rating: true },
    })
    const gap = await database.knowledgeGap.create({
      data: { question: 'a', count: 3, suggestion: 'b', attributions: [{ text: 'b', questionIds: [] }] },
    })
    const gapQuestion = { gapId: gap.id, conversationId, draftId: draft.id, messageId: question.id, text: 'a' }
    await database.gapQuestion.create({ data: gapQuestion })
    const entry = { conversationId, agentId: agent.id }
    await database.timelineEntry.createMany({
      data: [
        { ...entry, kind: 'OPENED' },
        { ...entry, kind: 'MESSAGE', messageId: message.id },
        { ...entry, kind: 'DRAFT', draftId: draft.id },
        { ...entry, kind: 'STATUS', status: 'SNOOZED' },
        { ...entry, kind: 'ASSIGNMENT', assigneeId: agent.id },
        { ...entry, kind: 'ESCALATION', details: { reasons: ['OTHER'], note: 'x' } },
        { ...entry, kind: 'RATING', details: { score: 5 } },
      ],
    })
    return {
      Conversation: globalId('Conversation', conversationId),
      Customer: globalId('Customer', customerId),
      Message: globalId('Message', message.id),
      Draft: globalId('Draft', draft.id),
      Feedback: globalId('Feedback', feedback.id),
      TrainingExample: globalId('TrainingExample', trainingExample.id),
      SatisfactionRating: globalId('SatisfactionRating', survey.rating!.id),
      KnowledgeGap: globalId('KnowledgeGap', gap.id),
      token: await surveyToken({ database }, survey),
    }
  }
}

export const taught = {
  context: [{ author: 'customer', text: 'a' }],
  lessonEvidence: [{ kind: 'ADDED', text: 'a', articleId: null, quote: null }],
}
const metrics = { intentAccuracy: 1, recallAt3: 1, meanReciprocalRank: 1, draftSimilarity: 1 }
/** A retraining with all that it can have. */
const retraining = {
  heldOutSha256: 'a',
  before: metrics,
  after: metrics,
  comparisons: [{ metric: 'intentAccuracy', difference: 0, low: 0, high: 0, cases: 5 }],
  parts: [{ part: 'PHRASINGS', isKept: false, reason: 'a' }],
}

const hit = { articleId: 'a', title: 'b', heading: 'c', internal: false, score: 1, similarity: 1 }
const step = {
  kind: 'RETRIEVE',
  summary: 'a',
  tookMs: 1,
  queries: [{ text: 'a', reason: 'ASKED' }],
  filter: {},
  hits: [hit],
  degradedParts: [],
  judgement: { sufficient: true, confidence: 1, threshold: 0, signals: [{ name: 'margin', value: 1 }] },
  missing: { questions: ['a'], words: ['b'] },
}
