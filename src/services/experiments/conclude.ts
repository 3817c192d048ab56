import type { ExperimentMetric } from '../../generated/prisma/client.ts'
import type { Interval } from '../../lib/math/confidence-sequence.ts'
import { type Analysis, type Arms, minimumConversations, type Plan } from './analyse.ts'
import { metricTraits } from './metrics.ts'

/** What the figures say, for whoever has to decide. */
export function conclude(plan: Plan, arms: Arms, analysis: Analysis): string {
  const metric = plan.primaryMetric
  const { words } = metricTraits[metric]
  const [control, tried] = arms.map(({ name }) => JSON.stringify(name)) as [string, string]
  switch (analysis.outcome) {
    case 'SAMPLE_RATIO_MISMATCH':
      return `Nothing can be concluded: ${arms[0].conversations} conversations of ${control} and ${arms[1].conversations} of ${tried} were shown, which does not fit their weights (${arms[0].weight} to ${arms[1].weight}). Something keeps drafts of one variant from being shown, most often a model that fails. Find it, then start a new experiment.`
    case 'STOPPED_BY_GUARDRAIL': {
      const breached = analysis.guardrails.filter((guardrail) => guardrail.breached)
      return `${tried} was stopped: ${breached.map((one) => `its ${compared(one.metric, one.comparison!, control)}`).join(', and ')}.`
    }
    case 'BETTER':
      return `${tried} is better: its ${compared(metric, analysis.primary!, control)}.`
    case 'WORSE':
      return `${tried} is worse: its ${compared(metric, analysis.primary!, control)}. Stay with ${control}.`
    case 'NO_DIFFERENCE':
      return analysis.primary
        ? `No difference that matters was found in the ${words} of ${control} and ${tried} after ${arms[0].measuredDrafts + arms[1].measuredDrafts} drafts: if there is one, it lies ${between(metric, analysis.primary)}. Choose by other reasons, such as cost.`
        : `After ${arms[0].measuredDrafts + arms[1].measuredDrafts} drafts the ${words} was hardly ever measured, so that nothing is known of a difference. Choose another primary metric.`
    case 'UNDECIDED': {
      const counts = arms.map(({ samples }) => samples[metric]?.count ?? 0) as [number, number]
      if (Math.min(...counts) < minimumConversations)
        return `It is too early to say: the ${words} is known of ${counts[0]} conversations of ${control} and ${counts[1]} of ${tried}, and ${minimumConversations} of each are the least. Some ${analysis.moreDraftsNeeded} more drafts are needed.`
      const total = arms[0].measuredDrafts + arms[1].measuredDrafts + analysis.moreDraftsNeeded
      const beyond = total > plan.maximumDrafts ? `, which is beyond the ${plan.maximumDrafts} that are planned` : ''
      return `It is undecided: the ${words} of ${tried} is ${figure(metric, analysis.primary!.difference, true)} beside that of ${control} so far, and the true difference lies ${between(metric, analysis.primary!)}. Some ${analysis.moreDraftsNeeded} more drafts are needed if it stays so${beyond}.`
    }
  }
}

function compared(metric: ExperimentMetric, { difference, low, high }: Interval & { difference: number }, control: string): string {
  const size = figure(metric, Math.abs(difference))
  return `${metricTraits[metric].words} is ${difference < 0 ? 'lower' : 'higher'} than that of ${control} by ${size}, and the true difference lies ${between(metric, { low, high })}`
}

const between = (metric: ExperimentMetric, { low, high }: Interval) => `between ${figure(metric, low, true)} and ${figure(metric, high, true)}`

export function figure(metric: ExperimentMetric, value: number, isSigned = false): string {
  const digits = Math.abs(value).toFixed(metricTraits[metric].isShare ? 3 : 1)
  return `${value < 0 ? '−' : isSigned ? '+' : ''}${digits}`
}
