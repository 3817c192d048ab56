import type { Resources } from './resources.ts'
import type { Viewer } from './services/access/viewer.ts'

/** What a resolver sees. */
export interface Context extends Resources {
  viewer: Viewer
  /** Of the request, as a mutation came with it. */
  idempotencyKey?: string
}
