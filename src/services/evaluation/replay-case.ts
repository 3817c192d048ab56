import type { ModelVersion, TrainingExample } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import type { Turn } from '../drafting/read-turns.ts'
import { decideEscalation, readMeaning } from '../escalation/decide-escalation.ts'
import { houseVoice } from '../models/house-voice.ts'
import { gatherEvidence } from '../retrieval/gather-evidence.ts'
import type { RetrieveNeeds } from '../retrieval/retrieve.ts'
import { routeMessage } from '../routing/route-message.ts'
import { type BleuCounts, bleuCounts } from '../support/bleu.ts'
import { checkSupport } from '../support/check-support.ts'
import { compareReplies } from '../support/compare-replies.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { replayDraft } from '../training/replay-draft.ts'

/** Figures of one draft beside what an agent wrote to the same question. */
export interface CaseFigures {
  editRatio: number
  /** Null without an embedder. */
  semanticSimilarity: number | null
  /** Of this draft alone, and what that of many together is made of. */
  bleu: number
  bleuCounts: BleuCounts
  support: number
  /** Words of the draft for each of the reply. */
  lengthRatio: number
  /** A person was recommended where a person took over, and nowhere else. */
  escalationAgrees: boolean
  seconds: number
}

export type ReplayNeeds = RetrieveNeeds & Pick<Resources, 'config' | 'generators' | 'learned' | 'embedder' | 'router' | 'database'>

/** Has each version draft the reply from the same evidence, and compares it with the agent's. */
export async function replayCase(
  resources: ReplayNeeds,
  {
    example,
    wasEscalated,
    versions,
    signal,
  }: {
    example: Pick<TrainingExample, 'question' | 'context' | 'correction'>
    wasEscalated: boolean
    versions: ModelVersion[]
    signal: AbortSignal
  },
): Promise<CaseFigures[]> {
  const { question } = example
  const history = example.context as unknown as Turn[]
  const customerTexts = [...history.filter(({ author }) => author === 'customer').map(({ text }) => text), question]
  const [evidence, routing, meaning] = await Promise.all([
    gatherEvidence(resources, { history, question, signal }),
    routeMessage(resources, { text: question, history, signal }),
    readMeaning(resources, { customerTexts, signal }),
  ])
  const { recommended } = decideEscalation({ ...meaning, history, question, customerTexts, routing, evidence, sources: evidence.sources })
  const figures: CaseFigures[] = []
  for (const modelVersion of versions) {
    const startedAt = performance.now()
    const draft = await replayDraft(resources, { modelVersion, question, history, evidence, signal })
    const seconds = (performance.now() - startedAt) / 1000
    const sources = evidence.sources.filter(({ internal }) => !internal)
    const trusted = history.filter(({ author }) => author === 'agent').map(({ text }) => text)
    const support = await checkSupport(resources, { text: draft, sources, question: customerTexts.join('\n\n'), trusted, signal })
    figures.push({
      ...(await compare(resources, draft, example.correction!, signal)),
      support: support.score,
      escalationAgrees: recommended === wasEscalated,
      seconds,
    })
  }
  return figures
}

async function compare(
  resources: Pick<Resources, 'embedder' | 'config' | 'learned'>,
  draft: string,
  reply: string,
  signal: AbortSignal,
): Promise<Omit<CaseFigures, 'support' | 'escalationAgrees' | 'seconds'>> {
  const { bodies, ...compared } = await compareReplies(resources, { draft, reply, signal })
  return { ...compared, editRatio: editRatio(draft, reply, houseVoice(resources)), bleuCounts: bleuCounts(bodies.draft, bodies.reply) }
}
