import type { ExperimentMetric } from '../../generated/prisma/client.ts'
import { ExperimentMetric as metricNames } from '../../generated/prisma/enums.ts'

export interface MetricTraits {
  /** As it stands in a sentence: its words. */
  words: string
  isLowerBetter: boolean
  /** Differences up to this much do not matter: no guardrail minds them, and an interval within them says that there is no difference. */
  margin: number
  /** Of a share, 0 to 1. */
  isShare: boolean
}

export const metricTraits: Record<ExperimentMetric, MetricTraits> = {
  EDIT_RATIO: { words: 'edit ratio', isLowerBetter: true, margin: 0.03, isShare: true },
  ACCEPTANCE_RATE: { words: 'acceptance rate', isLowerBetter: false, margin: 0.05, isShare: true },
  SEMANTIC_SIMILARITY: { words: 'semantic similarity', isLowerBetter: false, margin: 0.03, isShare: true },
  SUPPORT: { words: 'support', isLowerBetter: false, margin: 0.03, isShare: true },
  CSAT: { words: 'customer satisfaction', isLowerBetter: false, margin: 0.05, isShare: true },
  ESCALATION_RATE: { words: 'escalation rate', isLowerBetter: true, margin: 0.03, isShare: true },
  DRAFT_SECONDS: { words: 'time to a draft in seconds', isLowerBetter: true, margin: 2, isShare: false },
}

export const experimentMetrics = Object.values(metricNames)
