import type { Resources } from '../resources.ts'
import { findStuckDrafts } from '../services/drafting/find-stuck-drafts.ts'
import { describeRouter } from '../services/routing/describe-router.ts'

export interface Readiness {
  status: 'ready' | 'degraded' | 'unavailable'
  parts: Record<string, { status: string; detail: string }>
}

/** The state of each part, in the words that an operator needs. Without its database the server is unavailable; without another part it goes on with less. */
export async function readiness(
  { database, wakeUps, vectors, generations, embedder, reranker, generators, router }: Resources,
  { isStopping }: { isStopping: boolean },
): Promise<Readiness> {
  const generator = generators.state()
  const routing = describeRouter({ router, embedder })
  const parts = {
    database: await databaseState(database),
    wakeUps: wakeUps.state(),
    vectors: await vectorsState({ vectors, generations }),
    embedder: embedder?.state() ?? { status: 'off', detail: 'EMBEDDER=none: search is by keyword' },
    reranker: reranker?.state() ?? { status: 'off', detail: 'RERANKER_MODEL is not set: passages stay in the order of the search' },
    generator: { status: generator.status, detail: generator.detail, kind: generator.kind, model: generator.model, circuit: generator.circuit },
    drafts: await draftsState(database),
    router: { status: !embedder ? 'off' : routing.state === 'READY' ? 'ready' : 'idle', detail: routing.detail },
  }
  const isDown = isStopping || parts.database.status !== 'ready'
  const isDegraded = Object.values(parts).some(({ status }) => status === 'unavailable')
  return { status: isDown ? 'unavailable' : isDegraded ? 'degraded' : 'ready', parts }
}

async function vectorsState({ vectors, generations }: Pick<Resources, 'vectors' | 'generations'>) {
  try {
    return vectors.index(await generations.live()).state()
  } catch {
    return { status: 'unavailable', detail: 'which index is live is in the database, and that does not answer' }
  }
}

async function draftsState(database: Resources['database']) {
  try {
    const waiting = await findStuckDrafts({ database })
    if (waiting === 0) return { status: 'ready', detail: 'none waits for a worker' }
    return {
      status: 'unavailable',
      detail: `${waiting} wait and nobody writes them: start a process with the role worker (ROLES), or look why it hangs`,
    }
  } catch {
    return { status: 'unavailable', detail: 'they are in the database, and that does not answer' }
  }
}

async function databaseState(database: Resources['database']) {
  try {
    await database.$queryRaw`SELECT 1`
    return { status: 'ready', detail: 'answers' }
  } catch (error) {
    return { status: 'unavailable', detail: `does not answer: ${error instanceof Error ? error.message.split('\n').at(-1) : 'unknown reason'}` }
  }
}
