import { ConflictError, GeneratorUnavailableError, InvalidInputError, NotEnoughDataError } from '../services/errors.ts'
import { buildCustomModel } from '../services/models/build-custom-model.ts'
import { builder } from './builder.ts'
import { ModelParametersInput } from './create-model-version.ts'
import { Run } from './run.ts'

/** The making of a custom model. */
export const ModelBuildRun = builder.prismaNode('Run', {
  variant: 'ModelBuildRun',
  description: 'Makes a model from a base and the best replies of agents, tries it, and makes its version a CANDIDATE, or FAILED with the reason.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: (t) => ({
    modelVersion: t.relation('modelVersion', { nullable: true, description: 'What it makes: there from the start, as BUILDING.' }),
  }),
})

const BuildCustomModelInput = builder.inputType('BuildCustomModelInput', {
  description: 'What is left out is as in the active version.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique among model versions, at most 200 characters.' }),
    baseModel: t.string({ required: true, description: 'A model that the server has, like llama3.2. Nothing is downloaded.' }),
    systemPrompt: t.string({ description: 'At most 8,000 characters; null for none.' }),
    parameters: t.field({ type: ModelParametersInput, description: 'They become the model’s own; null for the configuration’s.' }),
    maximumExamples: t.int({
      description: 'At most so many replies, from 0 to 100, and no more than a third of the context window; 20 when left out.',
    }),
  }),
})

builder.mutationField('buildCustomModel', (t) =>
  t.field({
    type: ModelBuildRun,
    description:
      'Makes a model of your own in Ollama: system prompt, parameters, and the best approved replies of agents as its messages. Follow it with `runEvents`. On an OpenAI-compatible server the base writes, and prompts show the replies.',
    authScopes: { admin: true },
    errors: { types: [ConflictError, InvalidInputError, NotEnoughDataError, GeneratorUnavailableError] },
    args: { input: t.arg({ type: BuildCustomModelInput, required: true }) },
    resolve: (_root, { input }, resources) => buildCustomModel(resources, { input, by: resources.viewer }),
  }),
)
