import type { Base } from '../knowledge/open-base.ts'

export interface Point {
  at: string
  drafts: number
  acceptanceRate: number | null
  editRatio: number | null
  semanticSimilarity: number | null
  bleu: number | null
  csat: number | null
  helpful: number
  notHelpful: number
  needsImprovement: number
}

export interface Retraining {
  finishedAt: string | null
  activated: boolean
  dryRun: boolean
  rolledBackAt: string | null
  reason: string | null
  examplesProcessed: number
  heldOutCases: number
  before: Metrics | null
  after: Metrics | null
}

export interface Metrics {
  intentAccuracy: number | null
  recallAt3: number | null
  meanReciprocalRank: number | null
  draftSimilarity: number | null
}

interface Figures {
  conversations?: number
  drafts?: number
  sent?: number
  acceptanceRate: number | null
  editRatio: number | null
  csat: number | null
}

export interface Report {
  from: Date
  to: Date
  totals: Figures & {
    conversations: number
    resolved: number
    drafts: number
    sent: number
    semanticSimilarity: number | null
    bleu: number | null
    support: number | null
    csatResponses: number
    escalated: number
  }
  series: Point[]
  byIntent: (Figures & { intent: string | null; conversations: number })[]
  byModelVersion: (Figures & { modelVersion: { name: string } | null; drafts: number })[]
  escalationReasons: { reason: string; count: number }[]
  /** Oldest first, the last 50. */
  retrainings: Retraining[]
}

const metrics = '{ intentAccuracy recallAt3 meanReciprocalRank draftSimilarity }'
const query = `query Report($from: DateTime!, $to: DateTime!, $interval: AnalyticsInterval!, $timeZone: String!) {
  analytics(from: $from, to: $to, interval: $interval, timeZone: $timeZone) {
    totals { conversations resolved drafts sent acceptanceRate editRatio semanticSimilarity bleu support csat csatResponses escalated }
    series { at drafts acceptanceRate editRatio semanticSimilarity bleu csat helpful notHelpful needsImprovement }
    byIntent { intent conversations acceptanceRate editRatio csat }
    byModelVersion { modelVersion { name } drafts acceptanceRate editRatio csat }
    escalationReasons { reason count }
  }
  retrainingRuns(first: 50) { edges { node { finishedAt activated dryRun rolledBackAt reason examplesProcessed heldOutCases before ${metrics} after ${metrics} } } }
}`

/** Everything that the report shows, in one question to the server or the database. */
export async function readReport(
  { ask }: Pick<Base, 'ask'>,
  { from, to, interval, timeZone }: { from: Date; to: Date; interval: string; timeZone: string },
): Promise<Report> {
  const variables = { from: from.toISOString(), to: to.toISOString(), interval, timeZone }
  const data = await ask<{ analytics: Omit<Report, 'from' | 'to' | 'retrainings'>; retrainingRuns: { edges: { node: Retraining }[] } }>(
    query,
    variables,
  )
  const retrainings = data.retrainingRuns.edges.map(({ node }) => node).filter(({ finishedAt }) => finishedAt !== null)
  return { from, to, ...data.analytics, retrainings: retrainings.reverse() }
}
