import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { promoteModelVersion } from '../../src/services/models/promote-model-version.ts'
import { surveyToken } from '../../src/services/surveys/survey-token.ts'
import { deskOf, globalId, rowId } from '../support/desk.ts'
import { startServer, type TestServer } from '../support/start-server.ts'

let server: TestServer
const desk = deskOf(() => server)

interface Case {
  /** Its input, of things that are made for it. */
  input?: () => Promise<object> | object
  /** An input that it refuses; none where it refuses nothing. */
  refused?: object
  /** Sent again with the same input it changes something once more. */
  changesAgain?: true
}

const nobody = { conversationId: 'nobody', articleId: 'nobody', draftId: 'nobody' }
const body = 'query Me { viewer { id } }'
const operation = { body, hash: createHash('sha256').update(body).digest('hex'), name: 'Me', type: 'query', cost: 1 }
const webhookUrl = 'https://hooks.example/x'
const database = () => server.app.resources.database

/** Every mutation of the schema has its case here. */
const cases: Record<string, Case> = {
  openConversation: { input: () => ({ message: 'Hello?', idempotencyKey: 'walk' }), refused: { message: '' } },
  addMessage: {
    input: async () => ({ conversationId: await desk.open(), text: 'And?', idempotencyKey: 'walk' }),
    refused: { ...only('conversationId'), text: 'x' },
  },
  resolveConversation: { input: conversation, refused: only('conversationId') },
  snoozeConversation: {
    input: async () => ({ ...(await conversation()), until: new Date(Date.now() + 3600_000).toISOString() }),
    refused: { ...only('conversationId'), until: '2020-01-01T00:00:00Z' },
  },
  reopenConversation: { input: resolved, refused: only('conversationId') },
  assignConversation: {
    input: async () => ({ ...(await conversation()), assigneeId: globalId('Agent', await agentId()) }),
    refused: { ...only('conversationId'), assigneeId: null },
  },
  escalateConversation: {
    input: async () => ({ ...(await conversation()), reasons: ['OTHER'] }),
    refused: { ...only('conversationId'), reasons: [] },
  },
  addNote: {
    input: async () => ({ ...(await conversation()), text: 'For us' }),
    refused: { ...only('conversationId'), text: 'x' },
    changesAgain: true,
  },
  createSurvey: {
    async input() {
      const input = await resolved()
      await database().survey.deleteMany({ where: { conversationId: rowId(input.conversationId) } })
      return input
    },
    refused: only('conversationId'),
  },
  rateConversation: { input: async () => ({ token: await survey(), score: 5 }), refused: { token: 'x', score: 5 } },
  setAvailability: { input: () => ({ isAvailable: false }), refused: { agentId: 'nobody', isAvailable: true } },
  draftReply: { input: conversation, refused: only('conversationId') },
  cancelDraft: { input: async () => ({ draftId: await draft('QUEUED') }), refused: only('draftId') },
  rejectDraft: { input: async () => ({ draftId: await draft('READY'), reasons: ['TONE'] }), refused: only('draftId') },
  saveDraftEdit: { input: async () => ({ draftId: await draft('READY'), text: 'Better' }), refused: { ...only('draftId'), text: 'x' } },
  sendReply: {
    input: async () => ({ ...(await conversation()), text: 'So it is', idempotencyKey: 'walk' }),
    refused: { ...only('conversationId'), text: 'x' },
  },
  giveFeedback: { input: async () => ({ draftId: await draft('READY'), rating: 'HELPFUL' }), refused: { ...only('draftId'), rating: 'HELPFUL' } },
  createArticle: {
    input: () => ({ title: 'Walks', body: 'On foot.', category: 'Sport' }),
    refused: { title: '', body: '', category: '' },
    changesAgain: true,
  },
  updateArticle: { input: async () => ({ articleId: await article(), title: 'Hikes' }), refused: { ...only('articleId'), title: 'x' } },
  deleteArticle: { input: async () => ({ articleId: await article() }), refused: only('articleId') },
  restoreArticleVersion: {
    async input() {
      const articleId = await article()
      await desk.ask('mutation ($input: UpdateArticleInput!) { updateArticle(input: $input) { __typename } }', {
        input: { articleId, title: 'Hikes' },
      })
      return { articleId, version: 1 }
    },
    refused: { ...only('articleId'), version: 1 },
  },
  addArticlePhrasings: {
    input: async () => ({ articleId: await article(), phrasings: ['on foot?'] }),
    refused: { ...only('articleId'), phrasings: ['x'] },
  },
  removeArticlePhrasings: {
    async input() {
      const articleId = await article()
      await database().phrasing.create({ data: { articleId: rowId(articleId), text: 'on foot?' } })
      return { articleId, phrasings: ['on foot?'] }
    },
    refused: { ...only('articleId'), phrasings: ['x'] },
  },
  dismissKnowledgeGap: { input: async () => ({ gapId: await gap() }), refused: { gapId: 'nobody' } },
  createArticleFromGap: {
    input: async () => ({ gapId: await gap(), body: 'Yes.', category: 'Shop' }),
    refused: { gapId: 'nobody', category: 'Shop' },
  },
  dismissArticlePair: { input: async () => ({ pairId: await pair() }), refused: { pairId: 'nobody' } },
  checkKnowledge: { changesAgain: true },
  importArticles: { input: () => ({ files: [{ path: 'walk.md', content: '# Walk' }] }), refused: { files: [] }, changesAgain: true },
  importArticlesFromUrls: { input: () => ({ urls: ['http://import.example/a'] }), refused: { urls: [] }, changesAgain: true },
  reindexKnowledge: { input: () => ({}), refused: { rollBack: true } },
  cancelRun: {
    input: async () => ({ runId: globalId('ImportRun', (await database().run.create({ data: { kind: 'IMPORT' } })).id) }),
    refused: { runId: 'nobody' },
  },
  createApiKey: { input: () => ({ name: 'Another', role: 'AGENT' }), refused: { name: '', role: 'AGENT' }, changesAgain: true },
  rotateApiKey: { input: async () => ({ apiKeyId: await apiKey() }), refused: { apiKeyId: 'nobody' } },
  revokeApiKey: { input: async () => ({ apiKeyId: await apiKey() }), refused: { apiKeyId: 'nobody' } },
  createCustomerToken: { input: () => ({ customerExternalId: 'walker' }), refused: {}, changesAgain: true },
  registerOperations: {
    input: async () => ({ apiKeyId: (await partner()).apiKeyId, documents: [{ hash: operation.hash, body: operation.body }] }),
    refused: { apiKeyId: 'nobody', documents: [] },
  },
  activateOperations: { input: () => registered('DRAFT'), refused: { apiKeyId: 'nobody', hashes: [operation.hash] } },
  deprecateOperations: { input: () => registered('ACTIVE'), refused: { apiKeyId: 'nobody', hashes: [operation.hash] } },
  retireOperations: { input: () => registered('ACTIVE'), refused: { apiKeyId: 'nobody', hashes: [operation.hash] } },
  createWebhook: { input: () => ({ url: webhookUrl, events: ['DRAFT_READY'] }), refused: { url: 'x', events: [] }, changesAgain: true },
  updateWebhook: { input: async () => ({ webhookId: await webhook(), events: ['REPLY_SENT'] }), refused: { webhookId: 'nobody' } },
  rotateWebhookSecret: { input: async () => ({ webhookId: await webhook() }), refused: { webhookId: 'nobody' }, changesAgain: true },
  deleteWebhook: { input: async () => ({ webhookId: await webhook() }), refused: { webhookId: 'nobody' } },
  replayWebhookDelivery: { input: async () => ({ deliveryId: await delivery() }), refused: { deliveryId: 'nobody' }, changesAgain: true },
  reviewTrainingExample: {
    input: async () => ({ trainingExampleId: globalId('TrainingExample', (await taught()).id), state: 'APPROVED' }),
    refused: { trainingExampleId: 'nobody', state: 'APPROVED' },
  },
  revokeAgentContributions: { input: async () => ({ agentId: globalId('Agent', (await taught()).agentId!) }), refused: { agentId: 'nobody' } },
  startRetraining: { input: () => ({}), refused: { limit: 0 } },
  rollBackRetraining: {
    async input() {
      const run = await database().run.create({
        data: { kind: 'RETRAINING', status: 'COMPLETED', retraining: { create: { activated: true, activatedAt: new Date() } } },
      })
      return { runId: globalId('RetrainingRun', run.id) }
    },
    refused: { runId: 'nobody' },
  },
  createModelVersion: { input: () => ({ name: 'Brief', systemPrompt: 'Be brief.' }), refused: { name: '' } },
  buildCustomModel: { input: () => ({ name: 'Crew', baseModel: 'llama3.2', systemPrompt: 'Be kind.' }), refused: { name: '', baseModel: 'x' } },
  startFineTuning: {
    async input() {
      for (const _ of [1, 2])
        await database().trainingExample.update({ where: { id: (await taught()).id }, data: { state: 'APPROVED', correction: 'Yes.' } })
      return { name: 'Tuned', baseModel: 'nobody', minimumExamples: 2 }
    },
    refused: { name: '', baseModel: 'x' },
  },
  promoteModelVersion: {
    input: async () => ({ modelVersionId: globalId('ModelVersion', (await candidate()).id) }),
    refused: { modelVersionId: 'nobody' },
  },
  startEvaluation: {
    async input() {
      await database().trainingExample.updateMany({
        where: { id: (await taught()).id },
        data: { heldOut: true, state: 'APPROVED', correction: 'Yes.' },
      })
      return { modelVersionId: globalId('ModelVersion', (await candidate()).id) }
    },
    refused: { modelVersionId: 'nobody' },
    changesAgain: true,
  },
  rollBackModelVersion: {
    async input() {
      // Two, so that it can go back twice.
      for (const { id } of [await candidate(), await candidate()]) await promoteModelVersion(server.app.resources, { modelVersionId: id, by: null })
      return {}
    },
    refused: { expectedActiveId: 'nobody' },
    changesAgain: true,
  },
  createExperiment: {
    input: async () => ({ name: 'One and two', variants: await variants() }),
    refused: { name: '', variants: [] },
  },
  startExperiment: { input: () => experiment('DRAFT'), refused: { experimentId: 'nobody' } },
  stopExperiment: { input: () => experiment('RUNNING'), refused: { experimentId: 'nobody' } },
  exportTrainingData: { input: () => ({ format: 'CHAT' }), refused: { format: 'CHAT', limit: 0 }, changesAgain: true },
  eraseCustomer: {
    input: async () => ({ customerId: globalId('Customer', (await database().customer.create({ data: {} })).id) }),
    refused: { customerId: 'nobody' },
  },
  scheduleRetraining: { input: () => ({ cron: '0 3 * * *' }), refused: { cron: 'tomorrow' } },
  createIntent: { input: () => ({ name: 'walks', examples: ['May I walk?'] }), refused: { name: '' } },
  addIntentExamples: { input: async () => ({ intentId: await intent(), examples: ['On foot?'] }), refused: { intentId: 'nobody', examples: ['x'] } },
  removeIntentExamples: {
    async input() {
      const intentId = await intent()
      await database().intentExample.create({ data: { intentId: rowId(intentId), text: 'On foot?' } })
      return { intentId, examples: ['On foot?'] }
    },
    refused: { intentId: 'nobody', examples: ['x'] },
  },
}

function only(name: keyof typeof nobody) {
  return { [name]: nobody[name] }
}
async function conversation() {
  return { conversationId: await desk.open() }
}
async function resolved() {
  const input = await conversation()
  await desk.mutate('resolveConversation', input)
  return input
}
async function survey() {
  const { conversationId } = await resolved()
  return surveyToken({ database: database() }, await database().survey.findFirstOrThrow({ where: { conversationId: rowId(conversationId) } }))
}
async function agentId() {
  return (await database().agent.create({ data: { name: 'Somebody' } })).id
}
async function draft(status: 'QUEUED' | 'READY') {
  const conversationId = rowId(await desk.open())
  const turn = await database().message.findFirstOrThrow({ where: { conversationId } })
  return globalId('Draft', (await database().draft.create({ data: { conversationId, turnMessageId: turn.id, status, text: 'Perhaps' } })).id)
}
function candidate() {
  return database().modelVersion.create({ data: { name: randomUUID(), kind: 'PROMPT' } })
}

async function variants() {
  const [one, two] = [await candidate(), await candidate()]
  return [one, two].map(({ id }, index) => ({ name: `${index}`, weight: 1, modelVersionId: globalId('ModelVersion', id) }))
}
/** The one that runs, if there is one, is over by then. */
async function experiment(status: 'DRAFT' | 'RUNNING') {
  await database().experiment.updateMany({ where: { status: 'RUNNING' }, data: { status: 'STOPPED' } })
  const create = (await variants()).map(({ modelVersionId, ...variant }, position) => ({
    ...variant,
    position,
    modelVersionId: rowId(modelVersionId),
  }))
  const { id } = await database().experiment.create({ data: { name: randomUUID(), status, variants: { create } } })
  return { experimentId: globalId('Experiment', id) }
}

async function taught() {
  const draftId = rowId(await draft('READY'))
  const { conversationId } = await database().draft.findUniqueOrThrow({ where: { id: draftId } })
  const agent = await database().agent.create({ data: { name: 'Teacher' } })
  return database().trainingExample.create({ data: { draftId, conversationId, agentId: agent.id, question: 'May I?', originalResponse: 'Perhaps' } })
}
async function article() {
  const { id } = await database().article.create({
    data: { title: 'Walks', body: 'On foot.', category: 'Sport', slug: `walks-${made++}`, indexState: 'INDEXED' },
  })
  await database().articleVersion.create({
    data: { articleId: id, version: 1, title: 'Walks', body: 'On foot.', category: 'Sport', status: 'PUBLISHED', audience: 'PUBLIC', locale: 'en' },
  })
  return globalId('Article', id)
}
async function gap() {
  return globalId('KnowledgeGap', (await database().knowledgeGap.create({ data: { question: `May I walk ${made++}?` } })).id)
}
async function pair() {
  const [firstId, secondId] = [rowId(await article()), rowId(await article())]
  const data = { kind: 'DUPLICATE', firstId, firstVersion: 1, secondId, secondVersion: 1, score: 1 } as const
  return globalId('ArticlePair', (await database().articlePair.create({ data })).id)
}
async function partner() {
  const { id: partnerId } = await database().partner.create({ data: { name: 'Acme' } })
  const data = { name: 'Acme', role: 'PARTNER', prefix: 'x', hash: `hash-${made++}`, partnerId } as const
  return { partnerId, apiKeyId: globalId('ApiKey', (await database().apiKey.create({ data })).id) }
}
async function registered(status: 'DRAFT' | 'ACTIVE') {
  const { partnerId, apiKeyId } = await partner()
  const manifest = await database().operationManifest.create({ data: { partnerId, version: 1 } })
  await database().registeredOperation.create({ data: { ...operation, partnerId, manifestId: manifest.id, status } })
  return { apiKeyId, hashes: [operation.hash] }
}
async function webhook() {
  return globalId('Webhook', (await database().webhook.create({ data: { url: webhookUrl, events: ['DRAFT_READY'] } })).id)
}
async function delivery() {
  const data = { webhookId: rowId(await webhook()), eventId: 'event', event: 'DRAFT_READY', payload: {}, status: 'DELIVERED' } as const
  return globalId('WebhookDelivery', (await database().webhookDelivery.create({ data })).id)
}
async function apiKey() {
  return globalId('ApiKey', (await database().apiKey.create({ data: { name: 'One', role: 'AGENT', prefix: 'x', hash: `hash-${made++}` } })).id)
}
async function intent() {
  return globalId('Intent', (await database().intent.create({ data: { name: `intent-${made++}` } })).id)
}
let made = 0

const fields = schema.getMutationType()!.getFields()

/** What it did, and how many entries it left. */
async function walk(name: string, input?: object): Promise<{ body: any; entries: any[] }> {
  const isUnion = String(fields[name]!.type).replace('!', '').endsWith('Result')
  const selection = isUnion ? '{ __typename ... on Error { code } }' : '{ __typename }'
  const argument = fields[name]!.args[0]
  const query = argument
    ? `mutation Walk($input: ${argument.type}) { ${name}(input: $input) ${selection} }`
    : `mutation Walk { ${name} ${selection} }`
  const before = await database().auditEntry.count()
  const { body } = await server.post({ query, variables: { input } })
  const entries = await database().auditEntry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }], skip: before })
  return { body, entries }
}

/** Runs something while no entry can be written. */
async function withoutLog<Result>(run: () => Promise<Result>): Promise<Result> {
  await database().$executeRaw`CREATE TRIGGER broken BEFORE INSERT ON "AuditEntry" EXECUTE FUNCTION refuse_audit_change()`
  try {
    return await run()
  } finally {
    await database().$executeRaw`DROP TRIGGER broken ON "AuditEntry"`
  }
}

beforeAll(async () => {
  // Nothing is worked on: what a mutation began stays as it is.
  server = await startServer({
    environment: { EMBEDDER: 'none', IMPORT_HOSTS: 'import.example', GENERATOR: 'auto', OLLAMA_HOST: 'http://127.0.0.1:9' },
  })
  await server.app.resources.queue.stop({ timeoutMs: 5_000 }).catch(() => {})
})
afterAll(() => server?.stop())

describe('the audit log', () => {
  it.each(Object.keys(fields))('has one entry of %s when it changes something, in its transaction, and none otherwise', async (name) => {
    const { input, refused, changesAgain = false } = cases[name]!
    const given = await input?.()
    const broken = await withoutLog(() => walk(name, given))
    expect(broken.body.errors?.[0].extensions.code).toBe('INTERNAL_SERVER_ERROR')
    expect(broken.entries).toEqual([])

    const { body, entries } = await walk(name, given)
    expect(body.errors).toBeUndefined()
    expect(body.data[name].code).toBeUndefined()
    expect(entries).toMatchObject([{ action: name, role: 'ADMIN', actorType: 'Agent', actorName: 'Administrator', operation: 'Walk' }])
    expect(entries[0].callerId).not.toBeNull()

    expect((await walk(name, given)).entries).toHaveLength(changesAgain ? 1 : 0)
    if (!refused) return
    const failed = await walk(name, refused)
    expect(failed.body.errors?.[0].extensions.code ?? failed.body.data[name].code).toMatch(/NOT_FOUND|INVALID_INPUT|CONFLICT|FORBIDDEN/)
    expect(failed.entries).toEqual([])
  })
})

describe('the audit log, read', () => {
  const auditLog = `query Log($filter: AuditLogFilter, $after: String) { auditLog(first: 2, after: $after, filter: $filter) {
    pageInfo { hasNextPage endCursor }
    edges { node { id at action role actor { id name } callerId operation targetId details { name value } } }
  } }`
  const log = async (filter: object, after?: string) => {
    const { auditLog: page } = await desk.ask(auditLog, { filter, after })
    return { ...page.pageInfo, nodes: page.edges.map(({ node }: { node: object }) => node) }
  }

  it('has what happened to a thing newest first, page by page', async () => {
    const targetId = await desk.open()
    await desk.mutate('addNote', { conversationId: targetId, text: 'For us alone' })
    await desk.mutate('resolveConversation', { conversationId: targetId })
    const first = await log({ targetId })
    expect(first).toMatchObject({
      hasNextPage: true,
      nodes: [
        { action: 'resolveConversation', targetId },
        { action: 'addNote', targetId },
      ],
    })
    const second = await log({ targetId }, first.endCursor)
    expect(second).toMatchObject({ hasNextPage: false, nodes: [{ action: 'openConversation', role: 'ADMIN', actor: { name: 'Administrator' } }] })
    expect(JSON.stringify([first, second])).not.toMatch(/For us alone|Hello/)
  })

  it('is narrowed by who, what and when', async () => {
    const customer = await database().customer.create({ data: { name: 'Ann Example' } })
    const key = await server.createKey('CUSTOMER', { customerId: customer.id })
    const targetId = await desk.open('Hello?', {}, key)
    const actorId = globalId('Customer', customer.id)
    const [entry] = (await log({ actorId })).nodes
    expect(entry).toMatchObject({ action: 'openConversation', role: 'CUSTOMER', actor: { id: actorId, name: null }, targetId })
    expect((await log({ actorId, action: 'addMessage' })).nodes).toEqual([])
    expect((await log({ actorId, from: entry.at })).nodes).toEqual([entry])
    expect((await log({ actorId, to: entry.at })).nodes).toEqual([])
    expect((await log({ actorId: 'nonsense' })).nodes).toEqual([])
    const { body } = await server.post({ query: auditLog, variables: { filter: { action: 'addMesage' } } })
    expect(body.errors[0]).toMatchObject({ message: expect.stringContaining('Did you mean addMessage'), extensions: { code: 'INVALID_INPUT' } })
  })

  it('has no actor for whoever followed the link of a survey', async () => {
    const token = await survey()
    await fetch(`${server.base}/surveys/${token}`, { method: 'POST', body: new URLSearchParams({ score: '4' }) })
    const [entry] = (await log({ action: 'rateConversation' })).nodes
    expect(entry).toMatchObject({ role: null, actor: null, callerId: null, details: expect.arrayContaining([{ name: 'score', value: '4' }]) })
  })

  it('is for admins', async () => {
    const { body } = await server.post({ query: auditLog }, { key: await server.createKey('AGENT') })
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN')
  })

  it('is changed by nobody', async () => {
    await expect(database().auditEntry.deleteMany()).rejects.toThrow('append-only')
    await expect(database().auditEntry.updateMany({ data: { action: 'nothing' } })).rejects.toThrow('append-only')
    await expect(database().$executeRaw`TRUNCATE "AuditEntry"`).rejects.toThrow('append-only')
  })
})
