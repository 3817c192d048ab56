import { ConflictError, GeneratorUnavailableError, InvalidInputError, NotEnoughDataError } from '../services/errors.ts'
import { startFineTuning } from '../services/fine-tuning/start-fine-tuning.ts'
import { builder } from './builder.ts'
import { FineTuningRun } from './fine-tuning-run.ts'

const StartFineTuningInput = builder.inputType('StartFineTuningInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique among model versions, at most 200 characters.' }),
    baseModel: t.string({
      required: true,
      description: 'A .gguf file or a Hugging Face folder in BASE_MODELS_DIR of the worker, by its name. For Ollama it must be a file.',
    }),
    epochs: t.float({ description: 'From 0.1 to 50; 3 when left out.' }),
    learningRate: t.float({ description: 'From 0.0000001 to 0.1; 0.0002 when left out.' }),
    rank: t.int({ description: 'From 1 to 512; 16 when left out.' }),
    alpha: t.int({ description: 'From 1 to 2,048; 32 when left out.' }),
    dropout: t.float({ description: 'From 0 to 0.9; 0.05 when left out.' }),
    targetModules: t.stringList({
      description: 'Names of layers, at most 20, or all-linear alone; q_proj, k_proj, v_proj and o_proj when left out.',
    }),
    quantized: t.boolean({ description: 'Holds the base in 4 bits while training; needs CUDA and bitsandbytes. False when left out.' }),
    minimumExamples: t.int({
      description: 'With fewer approved replies it is NOT_ENOUGH_DATA; 1,000 when left out, as `trainingReadiness` advises.',
    }),
  }),
})

builder.mutationField('startFineTuning', (t) =>
  t.field({
    type: FineTuningRun,
    description:
      'Trains weights of your own (LoRA) on the approved replies of agents, by the package in trainer/ on the worker’s machine. One at a time: CONFLICT while another one waits or runs. Follow it with `runEvents`.',
    authScopes: { admin: true },
    errors: { types: [ConflictError, InvalidInputError, NotEnoughDataError, GeneratorUnavailableError] },
    args: { input: t.arg({ type: StartFineTuningInput, required: true }) },
    resolve: (_root, { input }, resources) => startFineTuning(resources, { input, by: resources.viewer }),
  }),
)
