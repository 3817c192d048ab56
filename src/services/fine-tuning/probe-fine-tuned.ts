import type { ModelMessage, ModelServer } from '../../engines/model-server.ts'
import { runTrainer, type TrainerLine } from '../../engines/trainer.ts'
import type { Resources } from '../../resources.ts'
import type { Probe } from '../models/probe-model.ts'
import type { BaseModel } from './find-base.ts'

const conversations = 5
const comparedTokens = 24
const probed = 3

/**
 * Does the server ask the model as it was trained, and did the training do anything? A model whose template differs babbles, and an adapter that was
 * lost on the way answers like its base: both look well in a list of models.
 */
export async function probeFineTuned(
  { config, modelServer }: Pick<Resources, 'config' | 'modelServer'>,
  {
    model,
    base,
    adapter,
    dataset,
    folder,
    signal,
  }: { model: string; base: BaseModel; adapter: string; dataset: string; folder: string; signal: AbortSignal },
): Promise<Probe[]> {
  const trainer = async (args: string[]) => {
    const lines: TrainerLine[] = []
    const result = await runTrainer(config.TRAINER_COMMAND, args, { cwd: folder, signal, onLine: (line) => lines.push(line) })
    return { result, lines }
  }
  const { lines: rendered } = await trainer(['render', '--base', base.path, '--dataset', dataset, '--limit', String(conversations)])
  const { result: effect } = await trainer([
    ...['probe', '--base', base.path, '--adapter', adapter, '--dataset', dataset],
    ...['--limit', String(probed), '--maximum-new-tokens', String(comparedTokens)],
  ])
  const template = await compareTemplates(modelServer!, { model, rendered, signal })
  const [changed, total] = [Number(effect.changed), Number(effect.probed)]
  const [before, after] = [Number(effect.base_loss), Number(effect.adapted_loss)]
  return [
    template,
    {
      name: 'EFFECT',
      passed: changed > 0,
      detail:
        changed > 0
          ? `${changed} of ${total} answers differ from those of the base; the loss of what agents wrote goes from ${before.toFixed(3)} to ${after.toFixed(3)}.`
          : `All ${total} answers are those of the base: the training had no effect. Train for more epochs, or with a higher learning rate.`,
    },
  ]
}

/** The trainer's own prompt, character by character, must be answered as the server's is that is made from the same messages. */
async function compareTemplates(
  server: ModelServer,
  { model, rendered, signal }: { model: string; rendered: TrainerLine[]; signal: AbortSignal },
): Promise<Probe> {
  let [same, silent] = [0, 0]
  for (const { messages, prompt } of rendered) {
    const raw = await server.complete(model, String(prompt), { signal, maximumTokens: comparedTokens })
    const chat = await server.answer(model, messages as ModelMessage[], { signal, maximumTokens: comparedTokens })
    if (raw.trim() === chat.trim()) same += 1
    if (chat.trim() === '') silent += 1
  }
  const passed = rendered.length > 0 && same === rendered.length && silent < rendered.length
  return {
    name: 'TEMPLATE',
    passed,
    detail: passed
      ? `${same} conversations are asked as they were trained.`
      : silent === rendered.length
        ? 'The model answers nothing.'
        : `${rendered.length - same} of ${rendered.length} conversations are asked in another form than they were trained in: the server's template is not that of the base. Use a base whose GGUF carries its chat template.`,
  }
}
