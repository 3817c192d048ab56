import type { GenerationParameters, PromptMessage, Source, Voice } from '../../engines/generator.ts'
import type { Draft, ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { decideEscalation, type Escalation, readMeaning } from '../escalation/decide-escalation.ts'
import { modelVersionFor } from '../experiments/model-version-for.ts'
import { houseVoice } from '../models/house-voice.ts'
import { writeWith } from '../models/write-with.ts'
import { type Evidence, type EvidenceSource, gatherEvidence } from '../retrieval/gather-evidence.ts'
import { type RoutedMessage, routeMessage } from '../routing/route-message.ts'
import type { NearReply } from '../training/nearest-replies.ts'
import { announceRouting, announceSources } from './announce-preparation.ts'
import { buildPrompt } from './build-prompt.ts'
import { readTurns } from './read-turns.ts'

export interface PreparedDraft {
  draft: Draft
  modelVersion: ModelVersion
  /** The arm of the running experiment; null without one. */
  variantId: string | null
  /** Which model is asked; null: the configured one. */
  model: string | null
  parameters: GenerationParameters
  routing: RoutedMessage
  evidence: Omit<Evidence, 'sources'>
  /** What the generator may write from: those that found room in the prompt. */
  sources: EvidenceSource[]
  /** Staff articles that fit: shown to the agent, never given to the generator, so that nothing of them can reach the customer. */
  internalSources: EvidenceSource[]
  escalation: Escalation
  /** Approved replies to like questions, as far as they found room in the prompt. */
  examples: NearReply[]
  voice: Voice
  question: string
  /** All that was said before the draft, for facts that it may repeat. */
  said: { customer: string; replies: string[] }
  messages: PromptMessage[]
  contextTruncated: boolean
  estimatedPromptTokens: number
  routeMs: number
  retrieveMs: number
}

/** Everything before the first token: who should answer, from what, and with which words the model is asked. */
export async function prepareDraft(resources: Resources, { draft, signal }: { draft: Draft; signal: AbortSignal }): Promise<PreparedDraft> {
  const { database } = resources
  const draftId = draft.id
  const { history, question, customerTexts } = await readTurns({ database }, draft)

  const route = async () => {
    const routed = await timed(() => routeMessage(resources, { text: question, history, signal }))
    await announceRouting(resources, { draftId, routing: routed.value })
    return routed
  }
  const gather = async () => {
    const found = await timed(() => gatherEvidence(resources, { history, question, signal }))
    // What only staff articles say is nothing that a reply could be written from.
    found.value.sufficient &&= found.value.sources.some(({ internal }) => !internal)
    await announceSources(resources, { draftId, evidence: found.value })
    return found
  }
  const [routing, evidence, meaning, { modelVersion, variantId, writing }] = await Promise.all([
    route(),
    gather(),
    readMeaning(resources, { customerTexts, signal }),
    modelVersionFor({ database }, draft).then(async (writer) => ({
      ...writer,
      writing: await writeWith(resources, { modelVersion: writer.modelVersion, question, signal }),
    })),
  ])
  const { model, parameters, examples, budgetTokens } = writing
  const escalation = decideEscalation({
    ...meaning,
    history,
    question,
    customerTexts,
    routing: routing.value,
    evidence: evidence.value,
    sources: evidence.value.sources,
  })
  const { sources, ...judgement } = evidence.value
  const voice = houseVoice(resources)
  const prompt = buildPrompt({
    systemPrompt: modelVersion.systemPrompt,
    voice,
    examples,
    history,
    question,
    sources: sources.filter(({ internal }) => !internal),
    sufficient: evidence.value.sufficient,
    instruction: draft.instruction,
    tone: draft.tone,
    budgetTokens,
  })
  return {
    draft,
    modelVersion,
    variantId,
    model,
    parameters,
    routing: routing.value,
    evidence: judgement,
    sources: keepDetails(prompt.sources, sources),
    internalSources: sources.filter(({ internal }) => internal),
    escalation,
    examples: prompt.exampleIndexes.map((index) => examples[index]!),
    voice,
    question,
    said: { customer: customerTexts.join('\n\n'), replies: history.filter(({ author }) => author === 'agent').map(({ text }) => text) },
    messages: prompt.messages,
    contextTruncated: prompt.isTruncated,
    estimatedPromptTokens: prompt.estimatedTokens,
    routeMs: routing.ms,
    retrieveMs: evidence.ms,
  }
}

// The prompt may have cut a source's text; where it comes from stays.
function keepDetails(used: Source[], all: EvidenceSource[]): EvidenceSource[] {
  const byNumber = new Map(all.map((source) => [source.number, source]))
  return used.flatMap((source) => {
    const details = byNumber.get(source.number)
    return details ? [{ ...details, text: source.text }] : []
  })
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const startedAt = performance.now()
  const value = await work()
  return { value, ms: performance.now() - startedAt }
}
