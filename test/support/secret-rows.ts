import { viewerOfKey } from '../../src/services/access/viewer-of-key.ts'
import { openConversation } from '../../src/services/conversations/open-conversation.ts'
import { createPartner } from './attackers.ts'
import { deskOf, globalId } from './desk.ts'
import { collect, followOverWebSocket } from './drafting.ts'
import type { TestServer } from './start-server.ts'

/** In every text that an attacker must not see. */
export const secret = 'Xyzzy'

/** A row of each kind that belongs to somebody else or to the team, full of what must stay there. Returns their ids by type. */
export async function storeSecrets(server: TestServer): Promise<Record<string, string[]>> {
  const { resources } = server.app
  const { database } = resources
  const desk = deskOf(() => server)
  const customer = { externalId: `${secret}-customer`, name: `${secret} Smith`, email: `${secret}@example.com` }
  const conversation = await desk.open(`${secret} is my question`, { customer, subject: `${secret} subject` })
  await desk.mutate('addNote', { conversationId: conversation, text: `${secret} note` })
  for (const input of [
    { title: `${secret} internal`, body: `The ${secret} of the team`, category: `${secret}Category`, tags: [`${secret}Tag`], audience: 'INTERNAL' },
    { title: `${secret} unpublished`, body: `The ${secret} of the team`, category: `${secret}Category`, status: 'DRAFT' },
  ])
    await desk.mutate('createArticle', input)
  const draft = await desk.mutate('draftReply', { conversationId: conversation, instruction: `${secret} instruction` }, 'id')
  await collect(followOverWebSocket(server, draft.id))
  await desk.mutate('giveFeedback', { draftId: draft.id, rating: 'NOT_HELPFUL', notes: `${secret} feedback` })
  await desk.mutate('sendReply', { conversationId: conversation, draftId: draft.id, text: `${secret} reply` })
  await desk.mutate('escalateConversation', { conversationId: conversation, reasons: ['OTHER'], note: `${secret} reason` })
  await desk.mutate('resolveConversation', { conversationId: conversation })
  const { survey } = await desk.read(conversation, 'survey { token }')
  await desk.mutate('rateConversation', { token: survey.token, score: 1, comment: `${secret} comment` })
  await desk.mutate('createIntent', { name: `${secret}_intent`, description: `${secret} intent`, examples: [`${secret} one`, `${secret} two`] })
  await desk.mutate('createWebhook', { url: `https://${secret}.example.com/`, events: ['REPLY_SENT'] })
  await database.agent.create({ data: { name: `${secret} Agent` } })
  const other = await createPartner(server, `${secret} Partner`)
  await other.register([`query ${secret} { viewer { id } }`])
  const by = viewerOfKey(await database.apiKey.findUniqueOrThrow({ where: { id: other.keyId } }))
  await openConversation(resources, {
    input: { message: `${secret} of a partner`, customer: { externalId: 'shared', name: `${secret} Shared` } },
    by,
  })
  await database.knowledgeGap.create({ data: { question: `${secret} gap`, suggestedTitle: `${secret} title` } })
  await database.run.create({ data: { kind: 'IMPORT', total: 0, parameters: { [secret]: secret } } })
  return idsOf(server)
}

async function idsOf({ app }: TestServer): Promise<Record<string, string[]>> {
  const { database } = app.resources
  const select = { select: { id: true } }
  const rows: Record<string, { id: string }[]> = {
    Customer: await database.customer.findMany(select),
    Conversation: await database.conversation.findMany(select),
    Message: await database.message.findMany(select),
    Draft: await database.draft.findMany(select),
    Feedback: await database.feedback.findMany(select),
    TrainingExample: await database.trainingExample.findMany(select),
    SatisfactionRating: await database.satisfactionRating.findMany(select),
    Article: await database.article.findMany(select),
    Agent: await database.agent.findMany(select),
    Intent: await database.intent.findMany(select),
    KnowledgeGap: await database.knowledgeGap.findMany(select),
    ModelVersion: await database.modelVersion.findMany(select),
    ImportRun: await database.run.findMany(select),
    ApiKey: await database.apiKey.findMany(select),
    Partner: await database.partner.findMany(select),
    OperationManifest: await database.operationManifest.findMany(select),
    Webhook: await database.webhook.findMany(select),
  }
  return Object.fromEntries(Object.entries(rows).map(([type, found]) => [type, found.map(({ id }) => globalId(type, id))]))
}
