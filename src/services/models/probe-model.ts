import type { Generator } from '../../engines/generator.ts'
import type { CreateModelRequest, ModelServer } from '../../engines/model-server.ts'
import type { ModelVersion } from '../../generated/prisma/client.ts'

export interface Probe {
  name: 'ANSWERS' | 'SYSTEM_PROMPT' | 'MESSAGES' | 'EFFECT' | 'TEMPLATE'
  passed: boolean
  /** What was seen, for people. */
  detail: string
}

const maximumTokens = 60
const usualQuestions = ['What can you help me with?', 'How do I send something back?']

/** What the server keeps of a custom model is what it was made from, it answers, and its answers are not those of its base. */
export async function probeCustomModel(
  server: ModelServer,
  {
    request,
    baseModel,
    questions,
    signal,
  }: { request: CreateModelRequest; baseModel: string; questions: { question: string }[]; signal: AbortSignal },
): Promise<Probe[]> {
  const shown = await server.show(request.model, { signal })
  if (!shown) return [{ name: 'ANSWERS', passed: false, detail: `Ollama does not know ${request.model}, which it said that it had made.` }]
  const { system = null, messages = [] } = request
  const isSystemKept = (shown.system ?? '').trim() === (system ?? '').trim() || system === null
  const kept = shown.messages.length
  const asked = questions.length > 0 ? questions.map(({ question }) => question) : usualQuestions
  const answers = await Promise.all(asked.map((question) => askBoth(server, { model: request.model, baseModel, question, signal })))
  const silent = answers.filter(({ own }) => own.trim() === '').length
  const differing = answers.filter(({ own, base }) => own.trim() !== base.trim()).length
  const mustDiffer = system !== null || messages.length > 0
  return [
    {
      name: 'SYSTEM_PROMPT',
      passed: isSystemKept,
      detail:
        system === null ? 'None was given.' : isSystemKept ? 'It is kept as given.' : 'The server keeps another system prompt than the one given.',
    },
    {
      name: 'MESSAGES',
      passed: kept === messages.length,
      detail: kept === messages.length ? `All ${kept} are kept.` : `The server keeps ${kept} of ${messages.length} messages.`,
    },
    {
      name: 'ANSWERS',
      passed: silent === 0,
      detail: silent === 0 ? `It answered ${answers.length} questions.` : `It had no answer to ${silent} of ${answers.length} questions.`,
    },
    {
      name: 'EFFECT',
      passed: differing > 0 || !mustDiffer,
      detail: `${differing} of ${answers.length} answers differ from those of ${baseModel}${differing === 0 && mustDiffer ? ': what was given to it has no effect.' : '.'}`,
    },
  ]
}

async function askBoth(
  server: ModelServer,
  { model, baseModel, question, signal }: { model: string; baseModel: string; question: string; signal: AbortSignal },
): Promise<{ own: string; base: string }> {
  const messages = [{ role: 'user' as const, content: question }]
  // One after the other: two models at once may not fit in memory.
  const own = await server.answer(model, messages, { signal, maximumTokens })
  return { own, base: await server.answer(baseModel, messages, { signal, maximumTokens }) }
}

/** Where no models are made there is only one thing to try: does it answer? */
export async function probeThroughGenerator(
  generator: Generator,
  { model, version, signal }: { model: string; version: Pick<ModelVersion, 'systemPrompt'>; signal: AbortSignal },
): Promise<Probe[]> {
  const messages = [
    { role: 'system' as const, content: version.systemPrompt ?? 'You help customers.' },
    { role: 'user' as const, content: usualQuestions[0]! },
  ]
  const request = {
    model,
    messages,
    question: usualQuestions[0]!,
    sources: [],
    sufficient: true,
    handOver: false,
    voice: { greeting: '', signOff: '' },
    tone: null,
    isWatched: false,
    parameters: { contextTokens: 2_048, maximumTokens, temperature: 0 },
  }
  let text = ''
  for await (const output of generator.generate(request, { signal })) if (output.type === 'text') text += output.text
  const passed = text.trim() !== ''
  return [{ name: 'ANSWERS', passed, detail: passed ? 'It answered a question.' : 'It had no answer.' }]
}
