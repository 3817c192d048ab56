import type { ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { buildPrompt } from '../drafting/build-prompt.ts'
import type { Turn } from '../drafting/read-turns.ts'
import { createMarkStripper } from '../drafting/strip-source-marks.ts'
import { houseVoice } from '../models/house-voice.ts'
import { writeWith } from '../models/write-with.ts'
import type { Evidence } from '../retrieval/gather-evidence.ts'

/** What this version would draft now, with what `resources.learned` says is learned. Nothing is stored. */
export async function replayDraft(
  resources: Pick<Resources, 'config' | 'generators' | 'learned' | 'embedder'>,
  {
    modelVersion,
    question,
    history,
    evidence,
    signal,
  }: { modelVersion: ModelVersion; question: string; history: Turn[]; evidence: Evidence; signal: AbortSignal },
): Promise<string> {
  const voice = houseVoice(resources)
  const { model, parameters, examples, budgetTokens } = await writeWith(resources, { modelVersion, question, signal })
  const prompt = buildPrompt({
    systemPrompt: modelVersion.systemPrompt,
    voice,
    examples,
    history,
    question,
    sources: evidence.sources.filter(({ internal }) => !internal),
    sufficient: evidence.sufficient,
    instruction: null,
    tone: null,
    budgetTokens,
  })
  const request = {
    model,
    messages: prompt.messages,
    question,
    context: evidence.context,
    sources: prompt.sources,
    examples: prompt.exampleIndexes.map((index) => examples[index]!),
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
