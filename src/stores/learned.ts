import { floatsFromBytes } from '../lib/float-bytes.ts'
import type { Logger } from '../lib/logger.ts'
import type { Database } from './database.ts'
import type { WakeUps } from './wake-ups.ts'

/** What retrainings have taught that is live: everything here is read while a draft is written, so it is in memory. */
export interface LearnedState {
  /** The retraining whose numbers these are; null: nothing was learned yet, or everything was rolled back. */
  retrainingId: string | null
  /** The numbers below belong to this model's vectors, and are left out with those of another. */
  embeddingModel: string | null
  /** A square matrix, row by row, by which a query's vector is multiplied. */
  queryAdapter: Float32Array | null
  /** How much each signal of retrieval counts; null: as shipped. */
  signalWeights: Record<'article' | 'section' | 'sentence' | 'keyword', number> | null
  /** How agents begin and end their replies; null: as configured. */
  voice: { greeting: string; signOff: string } | null
  /** Best first. */
  fewShotExamples: LearnedReply[]
}

/** A reply that prompts may show. */
export interface LearnedReply {
  id: string
  trainingExampleId: string
  question: string
  reply: string
  intent: string | null
  vector: Float32Array
  embeddingModel: string
  tokens: number
}

/** Holds what is live. To try something else beside it, hand a service `{ ...resources, learned: fixedLearned(state) }`. */
export interface Learned {
  current(): LearnedState
  /** Reads it anew; to be awaited by whoever changed it, in this process. */
  refresh(): Promise<void>
  /** To be called after a change has committed: here and in the other replicas it is read anew. */
  changed(): void
  close(): void
}

export const nothingLearned: LearnedState = {
  retrainingId: null,
  embeddingModel: null,
  queryAdapter: null,
  signalWeights: null,
  voice: null,
  fewShotExamples: [],
}

const topic = 'learned'
/** 2,000 vectors of 384 numbers are 3 MB. */
export const mostFewShotExamples = 2_000
// What a lost wake-up costs. Asking whether it changed is one small query.
const lookEveryMs = 30_000

export function createLearned({ database, wakeUps, logger }: { database: Database; wakeUps: WakeUps; logger: Logger }): Learned {
  let state = nothingLearned
  let fingerprint = ''
  let last = Promise.resolve()
  const load = async () => {
    const now = await fingerprintOf(database)
    if (now === fingerprint) return
    state = await readLearned(database)
    fingerprint = now
  }
  // One after the other: the last one asked for has read what is newest.
  const refresh = () => {
    last = last.catch(() => {}).then(load)
    return last
  }
  const quietly = () => void refresh().catch((error: unknown) => logger.warn({ err: error }, 'what was learned could not be read'))
  const stopListening = wakeUps.listen(topic, quietly)
  const looking = setInterval(quietly, lookEveryMs).unref()
  return {
    current: () => state,
    refresh,
    changed: () => wakeUps.notify(topic),
    close() {
      clearInterval(looking)
      stopListening()
    },
  }
}

/** For measuring a state that is not live. */
export function fixedLearned(state: LearnedState): Learned {
  return { current: () => state, refresh: async () => {}, changed: () => {}, close: () => {} }
}

async function fingerprintOf(database: Database): Promise<string> {
  const [row] = await database.$queryRaw<{ fingerprint: string }[]>`
    SELECT concat_ws(':', (SELECT string_agg("runId", ',' ORDER BY "activatedAt") FROM "Retraining" WHERE "activated" AND "rolledBackAt" IS NULL),
      (SELECT count(*) || '-' || coalesce(max("id"), '') FROM "FewShotExample" WHERE "retiredById" IS NULL),
      (SELECT count(*) FROM "LearnedParameters")) AS fingerprint`
  return row!.fingerprint
}

async function readLearned(database: Database): Promise<LearnedState> {
  const newest = await database.learnedParameters.findFirst({
    where: { retraining: { activated: true, rolledBackAt: null } },
    orderBy: { retraining: { activatedAt: 'desc' } },
  })
  const examples = await database.fewShotExample.findMany({
    where: { retiredById: null, retraining: { activated: true, rolledBackAt: null } },
    orderBy: [{ quality: 'desc' }, { id: 'asc' }],
    take: mostFewShotExamples,
  })
  return {
    retrainingId: newest?.retrainingId ?? null,
    embeddingModel: newest?.embeddingModel ?? null,
    queryAdapter: newest?.queryAdapter ? floatsFromBytes(newest.queryAdapter) : null,
    signalWeights: (newest?.signalWeights ?? null) as LearnedState['signalWeights'],
    voice: (newest?.voice ?? null) as LearnedState['voice'],
    fewShotExamples: examples.map(({ id, trainingExampleId, question, reply, intent, embedding, embeddingModel, tokens }) => ({
      id,
      trainingExampleId,
      question,
      reply,
      intent,
      vector: floatsFromBytes(embedding),
      embeddingModel,
      tokens,
    })),
  }
}
