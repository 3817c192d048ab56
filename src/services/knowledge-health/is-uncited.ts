import type { Citation } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { checkSupport } from '../support/check-support.ts'
import { editRatio } from '../support/edit-ratio.ts'
import { claimsSomething } from './agent-answer.ts'

// Half of the words are new, and most of what is claimed is not in the sources. By eval/gaps.ts it notes none of the 60 corrections of the sample
// when the draft had their article, and 58 when it had another one.
const rewritten = 0.5
const hardlySupported = 0.5

/** Whether what an agent wrote instead of a draft rests on none of the draft's sources: then the knowledge is in the agent's head. */
export async function isUncited(
  { embedder }: Pick<Resources, 'embedder'>,
  {
    draftText,
    written,
    question,
    citations,
    signal,
  }: {
    draftText: string
    written: string
    question: string
    citations: Pick<Citation, 'index' | 'chunkHeading' | 'chunkText' | 'kept'>[]
    signal?: AbortSignal
  },
): Promise<boolean> {
  if (!claimsSomething(written) || editRatio(draftText, written) < rewritten) return false
  if (citations.some(({ kept }) => kept === true)) return false
  const sources = citations.map(({ index, chunkHeading, chunkText }) => ({ number: index, title: '', heading: chunkHeading, text: chunkText }))
  const { score } = await checkSupport({ embedder }, { text: written, sources, question, ...(signal && { signal }) })
  return score < hardlySupported
}
