import type { Resources } from '../../resources.ts'
import { buildPrompt } from '../drafting/build-prompt.ts'
import type { Turn } from '../drafting/read-turns.ts'
import { createMarkStripper } from '../drafting/strip-source-marks.ts'
import { activeModelVersion, fewShotPolicy, modelParameters } from '../models/active-model-version.ts'
import { houseVoice } from '../models/house-voice.ts'
import type { Evidence } from '../retrieval/gather-evidence.ts'
import { nearestReplies } from './nearest-replies.ts'

/** What would be drafted now, with what `resources.learned` says is learned. Nothing is stored. */
export async function replayDraft(
  resources: Pick<Resources, 'database' | 'config' | 'generators' | 'learned' | 'embedder'>,
  { question, history, evidence, signal }: { question: string; history: Turn[]; evidence: Evidence; signal: AbortSignal },
): Promise<string> {
  const modelVersion = await activeModelVersion(resources)
  const parameters = modelParameters(modelVersion, resources.config)
  const voice = houseVoice(resources)
  const near = await nearestReplies(resources, { question, policy: fewShotPolicy(modelVersion), signal })
  const prompt = buildPrompt({
    systemPrompt: modelVersion.systemPrompt,
    voice,
    examples: near,
    history,
    question,
    sources: evidence.sources.filter(({ internal }) => !internal),
    sufficient: evidence.sufficient,
    instruction: null,
    tone: null,
    budgetTokens: parameters.contextTokens - parameters.maximumTokens,
  })
  const request = {
    messages: prompt.messages,
    question,
    context: evidence.context,
    sources: prompt.sources,
    examples: prompt.exampleIndexes.map((index) => near[index]!),
    sufficient: evidence.sufficient,
    handOver: false,
    voice,
    tone: null,
    isWatched: false,
    parameters,
  }
  const stripper = createMarkStripper()
  let text = ''
  for await (const output of resources.generators.current().generate(request, { signal }))
    if (output.type === 'text') text += stripper.push(output.text)
  return (text + stripper.finish()).trim()
}
