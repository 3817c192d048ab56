import type { Resources } from '../../resources.ts'
import { publicAddresses } from '../datasets/public-addresses.ts'
import { houseVoice } from '../models/house-voice.ts'
import { type ChosenReply, chooseFewShot, supportedShare } from './choose-few-shot.ts'
import { learnVoice } from './learn-voice.ts'
import type { BaseExample } from './read-base.ts'

export interface FewShotLearning {
  /** Not among the live ones. */
  added: ChosenReply[]
  /** Live ones that are not chosen any more. */
  retiredIds: string[]
  /** How most replies begin and end; null where it cannot be told. */
  voice: { greeting: string; signOff: string } | null
}

/** The replies to show from now on, beside those that are live. The same for the same examples. */
export async function learnFewShot(
  resources: Pick<Resources, 'database' | 'config' | 'learned'>,
  { base, runId }: { base: BaseExample[]; runId: string },
): Promise<FewShotLearning> {
  const replies = base.filter(({ correction, rating }) => correction !== null || rating === 'HELPFUL')
  const voice = learnVoice(replies.flatMap(({ correction }) => correction ?? []))
  const isPublic = await publicAddresses(resources)
  const chosen = chooseFewShot(
    replies
      .filter(({ vector }) => vector)
      .map(({ id, evidence, vector, ...reply }) => ({ ...reply, trainingExampleId: id, vector: vector!, supported: supportedShare(evidence) })),
    { isPublic, greeting: voice?.greeting ?? houseVoice(resources).greeting },
  )
  const live = await resources.database.fewShotExample.findMany({
    where: { retiredById: null, retrainingId: { not: runId }, retraining: { activated: true, rolledBackAt: null } },
    select: { id: true, trainingExampleId: true, reply: true },
  })
  const key = ({ trainingExampleId, reply }: { trainingExampleId: string; reply: string }) => `${trainingExampleId} ${reply}`
  const [isLive, isChosen] = [new Set(live.map(key)), new Set(chosen.map(key))]
  return {
    added: chosen.filter((reply) => !isLive.has(key(reply))),
    retiredIds: live.filter((reply) => !isChosen.has(key(reply))).map(({ id }) => id),
    voice,
  }
}
