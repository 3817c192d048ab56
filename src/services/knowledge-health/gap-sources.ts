import type { GapSource, Prisma } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { isUncited } from './is-uncited.ts'

export type NotedDraft = Prisma.DraftGetPayload<{ include: { citations: true; feedback: true; sentMessage: true } }>

/**
 * What of a finished draft points at missing knowledge. Not the question that the router takes for out of scope: of the sample it so leaves out
 * 11 of 15 that no shop's articles need to answer, and 1 of 10 that they should. Thanks, and who only asks for a person, have no
 * MISSING_KNOWLEDGE among their reasons.
 */
export async function gapSources(
  resources: Pick<Resources, 'embedder'>,
  { draft, question, replies, signal }: { draft: NotedDraft; question: string; replies: string[]; signal?: AbortSignal },
): Promise<GapSource[]> {
  if (draft.outOfScope) return []
  const sources: GapSource[] = []
  const isMissing = draft.escalationReasons.includes('MISSING_KNOWLEDGE')
  if (draft.sufficient === false && isMissing) sources.push('WEAK_EVIDENCE')
  if (isMissing) sources.push('ESCALATION')
  const written = [...draft.feedback.flatMap(({ correction }) => correction ?? []), ...replies]
  for (const text of written) {
    const { citations, text: draftText } = draft
    if (await isUncited(resources, { draftText, written: text, question, citations, ...(signal && { signal }) })) {
      sources.push('UNCITED_CORRECTION')
      break
    }
  }
  return sources
}
