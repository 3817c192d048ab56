import { floatsFromBytes } from '../../lib/float-bytes.ts'
import { dot } from '../../lib/math/dot-products.ts'
import type { Resources } from '../../resources.ts'
import { publicAddresses } from '../datasets/public-addresses.ts'
import { type ChosenReply, chooseFewShot, supportedShare } from '../training/choose-few-shot.ts'
import { learnableReplies } from '../training/learnable-replies.ts'
import type { LessonEvidence } from '../training/triage-example.ts'
import { houseVoice } from './house-voice.ts'
import { tokensOfMessages, type VersionMessage } from './write-with.ts'

const mostCandidates = 5_000
/** How much a reply loses by being like one that is taken already. */
const likenessCounts = 0.5

/**
 * The best replies of agents to show a model as a conversation of its own: approved and never held out, supported by articles, redacted, to
 * questions that differ (maximal marginal relevance, Carbonell and Goldstein 1998), as many as the tokens allow.
 */
export async function chooseMessages(
  resources: Pick<Resources, 'database' | 'config' | 'learned'>,
  { most, budgetTokens }: { most: number; budgetTokens: number },
): Promise<VersionMessage[]> {
  const rows = await resources.database.trainingExample.findMany({
    where: { ...learnableReplies, embedding: { not: null } },
    orderBy: { id: 'desc' },
    take: mostCandidates,
    include: { conversation: { select: { customer: { select: { name: true } } } } },
  })
  const candidates = rows.map(({ conversation, embedding, lessonEvidence, id, ...row }) => ({
    ...row,
    trainingExampleId: id,
    vector: floatsFromBytes(embedding!),
    customerName: conversation.customer.name,
    supported: supportedShare(lessonEvidence as unknown as LessonEvidence[]),
  }))
  const best = chooseFewShot(candidates, { isPublic: await publicAddresses(resources), greeting: houseVoice(resources).greeting })
  return chooseDiverse(best, { most, budgetTokens })
}

/** One after the other the best that is left, less what it is like one that is taken. */
export function chooseDiverse(
  best: Pick<ChosenReply, 'trainingExampleId' | 'question' | 'reply' | 'vector' | 'quality'>[],
  { most, budgetTokens }: { most: number; budgetTokens: number },
): VersionMessage[] {
  const chosen: VersionMessage[] = []
  const left = best.map((reply) => ({ ...reply, likeness: 0 }))
  let budget = budgetTokens
  while (chosen.length < most && left.length > 0) {
    const worth = left.map(({ quality, likeness }) => quality - likenessCounts * likeness)
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1)
    const { trainingExampleId, question, reply, vector } = next!
    const cost = tokensOfMessages([{ question, reply }])
    if (cost > budget) continue
    budget -= cost
    chosen.push({ trainingExampleId, question, reply })
    for (const other of left)
      if (other.vector.length === vector.length) other.likeness = Math.max(other.likeness, dot(other.vector, 0, vector, 0, vector.length))
  }
  return chosen
}
