import type { IntentRouter } from '../../engines/intent-router.ts'

/** How the training of one router stands, in this process. */
export interface RouterTraining {
  running: Promise<void> | null
  /** Has not begun: it will read the examples as they are then, so whoever asks meanwhile shares it. */
  waiting: Promise<void> | null
  /** Of the examples that the router was last loaded with, or had too few of; null before the first time. */
  fingerprint: string | null
  trainedAt: Date | null
  /** Why the last one failed. */
  failure: string | null
}

const trainings = new WeakMap<IntentRouter, RouterTraining>()

export function trainingOf(router: IntentRouter): RouterTraining {
  const training = trainings.get(router) ?? { running: null, waiting: null, fingerprint: null, trainedAt: null, failure: null }
  trainings.set(router, training)
  return training
}
