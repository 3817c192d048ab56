import { createIntentRouter, type IntentRouter } from '../../engines/intent-router.ts'
import { trainIntentHead } from '../../engines/train-intent-head.ts'
import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { fixedLearned, type LearnedState } from '../../stores/learned.ts'
import { readIntentExamples } from '../routing/read-intent-examples.ts'
import { trainRouter } from '../routing/train-router.ts'
import type { FewShotLearning } from './learn-few-shot.ts'
import type { IntentAddition } from './learn-intents.ts'
import type { RetrievalLearning } from './learn-retrieval.ts'
import { type CaseOutcome, type HeldOutCase, measureCases } from './measure-cases.ts'

/** What a retraining would make live. */
export interface ProposedLearning {
  run: Run
  retrieval: RetrievalLearning
  intents: IntentAddition[]
  fewShot: FewShotLearning
}

/** Replaying a language model takes seconds a draft. */
const mostDraftsOfModel = 20
const mostDraftsExtractive = 100
const mostCases = 1_000

/** The held-out cases with what is live, or with the proposal in its place; nothing that is live changes. */
export async function measureLearning(
  resources: Resources,
  {
    proposed,
    cases,
    signal,
    onCase,
  }: { proposed: ProposedLearning | null; cases: HeldOutCase[]; signal: AbortSignal; onCase: (done: number) => Promise<void> },
): Promise<CaseOutcome[]> {
  if (cases.length === 0) return []
  // The live router may not have read what was added a moment ago.
  if (!proposed) await trainRouter(resources, { signal })
  const tried = proposed
    ? { ...resources, learned: fixedLearned(proposedState(resources, proposed)), router: await proposedRouter(resources, proposed, signal) }
    : resources
  const mostDrafts = resources.generators.current().kind === 'EXTRACTIVE' ? mostDraftsExtractive : mostDraftsOfModel
  return measureCases(tried, { cases: cases.slice(0, mostCases), mostDrafts, signal, onCase })
}

function proposedState({ learned, embedder }: Pick<Resources, 'learned' | 'embedder'>, { run, retrieval, fewShot }: ProposedLearning): LearnedState {
  const live = learned.current()
  const retired = new Set(fewShot.retiredIds)
  const added = fewShot.added.map((reply) => ({ ...reply, id: reply.trainingExampleId, embeddingModel: embedder?.model ?? '' }))
  return {
    retrainingId: run.id,
    embeddingModel: embedder?.model ?? null,
    queryAdapter: retrieval.queryAdapter,
    signalWeights: retrieval.signalWeights,
    voice: fewShot.voice,
    fewShotExamples: [...added, ...live.fewShotExamples.filter(({ id }) => !retired.has(id))],
  }
}

async function proposedRouter({ database, embedder, router }: Resources, { intents }: ProposedLearning, signal: AbortSignal): Promise<IntentRouter> {
  if (!embedder || intents.length === 0) return router
  const examples = await readIntentExamples({ database, embedder }, { signal })
  const vectors = await embedder.embed(
    intents.map(({ text }) => text),
    { priority: 'bulk', signal },
  )
  const added = intents.map(({ text, intent, trainingExampleId }, index) => ({ id: trainingExampleId, text, intent, vector: vectors[index]! }))
  const candidate = createIntentRouter()
  candidate.load(await trainIntentHead({ model: embedder.model, examples: [...examples, ...added], signal }))
  return candidate
}
