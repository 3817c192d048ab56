import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/lib/logger.ts'
import { openResources, type ResourceOverrides, type Resources } from '../../src/resources.ts'
import type { VectorIndex } from '../../src/stores/vectors.ts'

export interface Knowledge {
  resources: Resources
  vectorFolder: string
  close(): Promise<void>
}

/** The real database, queue, vectors and embedder, without server and workers: in the given place, or in a temporary folder. */
export async function openKnowledge({
  environment,
  ...overrides
}: { environment?: Record<string, string> } & ResourceOverrides = {}): Promise<Knowledge> {
  const folder = await mkdtemp(join(tmpdir(), 'understudy-knowledge-'))
  const config = readConfig({ DATA_DIR: folder, GENERATOR: 'extractive', LOG_LEVEL: 'silent', ...environment })
  const { resources, close } = await openResources(config, createLogger({ level: config.LOG_LEVEL, isTerminal: false }), overrides)
  return {
    resources,
    vectorFolder: config.VECTOR_URI,
    async close() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The index that searches read. */
export const liveIndex = async ({ vectors, generations }: Pick<Resources, 'vectors' | 'generations'>): Promise<VectorIndex> =>
  vectors.index(await generations.live())
