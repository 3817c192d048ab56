import { type Generator, GeneratorError, type GeneratorUsage, modelOf } from '../../engines/generator.ts'
import type { Draft, EscalationReason, GeneratorKind } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { appendDraftEvent } from '../../stores/event-log.ts'
import { createTextCleaner } from './clean-text.ts'
import { createDeltaWriter } from './delta-writer.ts'
import type { PreparedDraft } from './prepare-draft.ts'
import { createMarkStripper, type SourceMark } from './strip-source-marks.ts'
import { tellFollowers } from './tell-followers.ts'

export interface GeneratedText {
  text: string
  marks: SourceMark[]
  usage: GeneratorUsage
  origin: GeneratorKind
  model: string
  fallback: { from: GeneratorKind; reason: string } | null
  firstTokenMs: number
}

const pauseMs = 40
// These say that we do not know the answer, and the reply then says so; the others that a person must answer whatever we know.
const aboutKnowledge = new Set<EscalationReason>(['MISSING_KNOWLEDGE', 'LOW_CONFIDENCE', 'OUT_OF_SCOPE'])

/**
 * Streams the generator's words into the draft's log. When it fails before its first word and another one may stand in, that one writes
 * instead; after the first word a failure is the draft's. Nothing is written before `starting` has resolved, with true.
 */
export async function generateText(
  resources: Resources,
  {
    draftId,
    prepared,
    starting,
    signal,
    onTakenAway,
  }: { draftId: string; prepared: PreparedDraft; starting: Promise<boolean>; signal: AbortSignal; onTakenAway: () => void },
): Promise<GeneratedText> {
  const { generators, logger, metrics } = resources
  const first = generators.current()
  const state = { text: '' }
  try {
    return await streamFrom(first, null)
  } catch (error) {
    const standIn = generators.fallback()
    if (!(error instanceof GeneratorError) || state.text !== '' || !standIn || standIn.kind === first.kind || signal.aborted) throw error
    logger.warn({ draftId, from: first.kind, to: standIn.kind, reason: error.message }, 'the generator failed, another one writes the draft')
    metrics.generatorFallbacks.inc({ generator: first.kind })
    return streamFrom(standIn, { from: first.kind, reason: error.message })
  }

  async function streamFrom(generator: Generator, fallback: GeneratedText['fallback']): Promise<GeneratedText> {
    const startedAt = performance.now()
    const storable = createTextCleaner()
    const stripper = createMarkStripper()
    const writer = createDeltaWriter({
      pauseMs,
      write: async (text) => (await starting) && writeDelta(resources, prepared.draft, state, text, onTakenAway),
    })
    let firstTokenMs = 0
    let usage: GeneratorUsage = { promptTokens: null, completionTokens: null, cutOff: false }
    try {
      for await (const output of generator.generate(requestOf(prepared), { signal })) {
        if (output.type === 'end') {
          usage = output.usage
          continue
        }
        if (firstTokenMs === 0) firstTokenMs = performance.now() - startedAt
        if (!writer.push(stripper.push(storable.push(output.text)))) break
      }
      signal.throwIfAborted()
      writer.push(stripper.push(storable.finish()))
      writer.push(stripper.finish())
      await writer.finish()
    } catch (error) {
      await writer.finish()
      throw error
    }
    signal.throwIfAborted()
    if (state.text === '') throw new GeneratorError('The model answered with nothing. Ask for a new draft.', { retryable: true })
    return { text: state.text, marks: stripper.marks, usage, origin: generator.kind, model: modelOf(generator, prepared), fallback, firstTokenMs }
  }
}

function requestOf({ model, messages, question, sources, evidence, escalation, draft, parameters, examples, voice }: PreparedDraft) {
  return {
    model,
    messages,
    question,
    context: evidence.context,
    sources,
    sufficient: evidence.sufficient,
    handOver: escalation.reasons.some((reason) => !aboutKnowledge.has(reason)),
    examples,
    voice,
    tone: draft.tone,
    parameters,
  }
}

async function writeDelta(
  resources: Resources,
  { id: draftId, createdAt }: Draft,
  state: { text: string },
  text: string,
  onTakenAway: () => void,
): Promise<boolean> {
  const isFirst = state.text === ''
  const written = await appendDraftEvent(resources.database, {
    draftId,
    type: 'DraftDelta',
    data: { offset: state.text.length, text },
    text,
    whileIn: ['STREAMING'],
  })
  if (!written) {
    onTakenAway()
    return false
  }
  state.text += text
  tellFollowers(resources, draftId, written)
  if (isFirst) resources.metrics.firstText.observe((Date.now() - createdAt.getTime()) / 1000)
  return true
}
