import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { createModelVersion } from '../services/models/create-model-version.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'
import { FewShotStrategy, ModelVersion } from './model-version.ts'

const FewShotInput = builder.inputType('FewShotInput', {
  description: 'How many approved replies prompts show, and which.',
  fields: (t) => ({
    count: t.int({ required: true, description: 'At most so many; from 0 to 5, and 0 with NONE.' }),
    strategy: t.field({ type: FewShotStrategy, required: true, description: 'How they are chosen.' }),
  }),
})

export const ModelParametersInput = builder.inputType('ModelParametersInput', {
  description: 'What is left out is as in the parent; null takes it back to the configuration.',
  fields: (t) => ({
    temperature: t.float({ description: 'From 0 to 2.' }),
    topP: t.float({ description: 'From 0.01 to 1.' }),
    contextTokens: t.int({ description: 'From 512 to 131,072.' }),
    maximumTokens: t.int({ description: 'From 16 to 8,192, and at most half of contextTokens.' }),
  }),
})

const CreateModelVersionInput = builder.inputType('CreateModelVersionInput', {
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique, at most 200 characters.' }),
    baseModel: t.string({ description: 'The model to ask, as its server knows it. Left out: the parent’s; null: the configured one.' }),
    systemPrompt: t.string({ description: 'Said after the built-in instructions, at most 8,000 characters. Left out: the parent’s; null: nothing.' }),
    parameters: t.field({ type: ModelParametersInput, description: 'Left out: the parent’s; null: the configuration’s.' }),
    fewShot: t.field({ type: FewShotInput, description: 'Left out: the parent’s; null: the 3 nearest.' }),
    parentId: t.id({ description: 'The version to start from. Left out: the active one.' }),
  }),
})

builder.mutationField('createModelVersion', (t) =>
  t.field({
    type: ModelVersion,
    description:
      'A PROMPT version that differs from its parent in what is given. It is a CANDIDATE: `promoteModelVersion` makes it the one that writes, at once and without a restart.',
    authScopes: { admin: true },
    errors: { types: [NotFoundError, ConflictError, InvalidInputError] },
    args: { input: t.arg({ type: CreateModelVersionInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createModelVersion(resources, {
        input: { ...input, parentId: input.parentId == null ? null : localId('ModelVersion', input.parentId, 'model version') },
        by: resources.viewer,
      }),
  }),
)
