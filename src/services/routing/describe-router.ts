import type { Resources } from '../../resources.ts'
import { trainingOf } from './router-training.ts'

export const routerStates = ['READY', 'TRAINING', 'ABSTAINING'] as const

export interface RouterDescription {
  state: (typeof routerStates)[number]
  /** What it does and why, for a person. */
  detail: string
  isTraining: boolean
  version: string | null
  trainedAt: Date | null
  examples: number | null
  intents: number | null
  accuracy: number | null
  expectedCalibrationError: number | null
  outOfScopeThreshold: number | null
}

/** The head that routes in this process, and why it abstains when none does. */
export function describeRouter({ router, embedder }: Pick<Resources, 'router' | 'embedder'>): RouterDescription {
  const head = router.current()
  const training = trainingOf(router)
  const isTraining = training.running !== null || training.waiting !== null
  return {
    ...stateOf(),
    isTraining,
    version: head?.version ?? null,
    trainedAt: training.trainedAt,
    examples: head?.metrics.examples ?? null,
    intents: head?.metrics.intents ?? null,
    accuracy: head?.metrics.accuracy ?? null,
    expectedCalibrationError: head?.metrics.expectedCalibrationError ?? null,
    outOfScopeThreshold: head?.metrics.outOfScopeThreshold ?? null,
  }

  function stateOf(): Pick<RouterDescription, 'state' | 'detail'> {
    if (!embedder) return { state: 'ABSTAINING', detail: 'abstains: it needs the embedder, and EMBEDDER=none turned that off' }
    if (head?.model === embedder.model) {
      const { accuracy, examples, intents } = head.metrics
      const measured = accuracy === null ? '; no intent has 5 examples yet, so its confidence is not calibrated' : ''
      return { state: 'READY', detail: `version ${head.version}, ${intents} intents, ${examples} examples${measured}` }
    }
    if (isTraining) return { state: 'TRAINING', detail: 'abstains until it is trained on the examples of the intents' }
    if (training.failure !== null)
      return { state: 'ABSTAINING', detail: `abstains: it could not be trained (${training.failure}), and is tried again` }
    return { state: 'ABSTAINING', detail: 'abstains: fewer than two intents have examples; addIntentExamples gives them some' }
  }
}
