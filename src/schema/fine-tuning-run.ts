import type { FineTuningSettings as Settings } from '../services/fine-tuning/check-settings.ts'
import type { LossPoint as Point } from '../services/fine-tuning/train-with-progress.ts'
import { builder } from './builder.ts'
import { Run } from './run.ts'

const FineTuningSettings = builder.objectRef<Settings>('FineTuningSettings').implement({
  description: 'How a model is trained, with what was not given as it was decided.',
  fields: (t) => ({
    epochs: t.exposeFloat('epochs', { description: 'How often it sees each reply.' }),
    learningRate: t.exposeFloat('learningRate', { description: 'Its highest value; it rises at first and falls afterwards.' }),
    rank: t.exposeInt('rank', { description: 'Of the adapter: how much it can hold.' }),
    alpha: t.exposeInt('alpha', { description: 'The adapter counts alpha divided by rank.' }),
    dropout: t.exposeFloat('dropout', { description: 'The share of the adapter’s inputs that is left out at random while it is trained.' }),
    targetModules: t.exposeStringList('targetModules', { description: 'The layers that get an adapter, or all-linear alone; at most 20.' }),
    quantized: t.exposeBoolean('quantized', { description: 'The base is held in 4 bits meanwhile (QLoRA).' }),
    minimumExamples: t.exposeInt('minimumExamples', { description: 'With fewer replies it is not started.' }),
  }),
})

const LossPoint = builder.objectRef<Point>('LossPoint').implement({
  description: 'How well the model foretold what agents wrote, at one step: lower is better.',
  fields: (t) => ({
    step: t.exposeInt('step', { description: 'From 1.' }),
    loss: t.exposeFloat('loss', { nullable: true, description: 'On what it is trained on; null where only the other was measured.' }),
    heldOutLoss: t.exposeFloat('heldOutLoss', {
      nullable: true,
      description: 'On replies that it is not trained on; null where it was not measured.',
    }),
  }),
})

/** The training of a model’s weights. */
export const FineTuningRun = builder.prismaNode('Run', {
  variant: 'FineTuningRun',
  description:
    'Trains a base on approved replies, merges what it learned, makes the model, tries it, and makes its version a CANDIDATE, or FAILED with the reason.',
  id: { field: 'id' },
  interfaces: [Run],
  authScopes: { staff: true },
  fields: (t) => ({
    modelVersion: t.relation('modelVersion', { nullable: true, description: 'What it makes: there from the start, as BUILDING.' }),
    settings: t.field({
      select: { fineTuning: true },
      type: FineTuningSettings,
      description: 'How it trains.',
      resolve: ({ fineTuning }) => fineTuning!.settings as unknown as Settings,
    }),
    examples: t.int({
      select: { fineTuning: true },
      description: 'Replies that it trains on; 0 until they were written.',
      resolve: ({ fineTuning }) => fineTuning!.examples,
    }),
    heldOut: t.int({
      select: { fineTuning: true },
      description: 'Replies whose loss decides when it stops; without any it holds some of the others out.',
      resolve: ({ fineTuning }) => fineTuning!.heldOut,
    }),
    losses: t.field({
      select: { fineTuning: true },
      type: [LossPoint],
      description: 'The curve so far, by step; thinned to at most 500 points.',
      resolve: ({ fineTuning }) => fineTuning!.losses as unknown as Point[],
    }),
    adapterPath: t.string({
      select: { fineTuning: true },
      nullable: true,
      authScopes: { admin: true },
      description: 'The folder of the adapter on the worker’s machine, for servers that load adapters; null until it is trained.',
      resolve: ({ fineTuning }) => fineTuning!.adapterPath,
    }),
  }),
})
