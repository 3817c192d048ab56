import type { Resources } from '../../resources.ts'
import type { Turn } from '../drafting/read-turns.ts'
import { activeModelVersion } from '../models/active-model-version.ts'
import { houseVoice } from '../models/house-voice.ts'
import { gatherEvidence } from '../retrieval/gather-evidence.ts'
import type { RetrieveNeeds } from '../retrieval/retrieve.ts'
import { routeMessage } from '../routing/route-message.ts'
import { compareReplies } from '../support/compare-replies.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { replayDraft } from './replay-draft.ts'

/** A question that was never learned from, with what people said is right. */
export interface HeldOutCase {
  exampleId: string
  question: string
  context: Turn[]
  articleIds: string[]
  intent: string | null
  correction: string | null
  isMustPass: boolean
}

/** Null where there is nothing to compare with. */
export interface CaseOutcome {
  exampleId: string
  isIntentRight: boolean | null
  isInTop3: boolean | null
  reciprocalRank: number | null
  draftSimilarity: number | null
  /** 0 when the draft is the agent's reply, 1 when nothing of it is. */
  editRatio: number | null
}

export type MeasuringNeeds = RetrieveNeeds & Pick<Resources, 'database' | 'config' | 'generators' | 'learned' | 'embedder' | 'router'>

/** Routes, retrieves and drafts each case with what `resources.learned` and `resources.router` are, and compares. Nothing is stored. */
export async function measureCases(
  resources: MeasuringNeeds,
  { cases, mostDrafts, signal, onCase }: { cases: HeldOutCase[]; mostDrafts: number; signal: AbortSignal; onCase?: (done: number) => Promise<void> },
): Promise<CaseOutcome[]> {
  const modelVersion = await activeModelVersion(resources)
  const outcomes: CaseOutcome[] = []
  let drafts = 0
  for (const [index, { exampleId, question, context, articleIds, intent, correction }] of cases.entries()) {
    signal.throwIfAborted()
    const routed = intent === null ? null : await routeMessage(resources, { text: question, history: context, signal })
    const isDrafted = correction !== null && drafts < mostDrafts
    const evidence = articleIds.length > 0 || isDrafted ? await gatherEvidence(resources, { history: context, question, signal }) : null
    const rank = evidence && articleIds.length > 0 ? evidence.sources.findIndex(({ articleId }) => articleIds.includes(articleId)) : null
    if (isDrafted) drafts++
    const draft = isDrafted ? await replayDraft(resources, { modelVersion, question, history: context, evidence: evidence!, signal }) : null
    outcomes.push({
      exampleId,
      isIntentRight: routed && routed.intent !== null ? routed.intent === intent : null,
      isInTop3: rank === null ? null : rank >= 0 && rank < 3,
      reciprocalRank: rank === null ? null : rank < 0 ? 0 : 1 / (rank + 1),
      draftSimilarity: draft === null ? null : (await compareReplies(resources, { draft, reply: correction!, signal })).semanticSimilarity,
      editRatio: draft === null ? null : editRatio(draft, correction!, houseVoice(resources)),
    })
    await onCase?.(index + 1)
  }
  return outcomes
}
