import { ExportFormat as ExportFormats } from '../generated/prisma/client.ts'
import { datasetLink } from '../services/datasets/dataset-link.ts'
import { exportTrainingData } from '../services/datasets/export-training-data.ts'
import { InvalidInputError } from '../services/errors.ts'
import { builder } from './builder.ts'

const ExportFormat = builder.enumType(ExportFormats, {
  name: 'ExportFormat',
  description: 'What a row of an export holds, as JSON.',
  values: {
    CORRECTIONS: { description: '{ original, correction, intent, conversation_id }: one a correction.' },
    CHAT: { description: '{ messages, rating, notes }: what the model was given and the right reply last, rating helpful or corrected.' },
    PREFERENCE: { description: '{ prompt, chosen, rejected }: lists of messages, for DPO and its kind.' },
    KTO: { description: '{ prompt, completion, label }: lists of messages, label true for what should be written; a correction makes two rows.' },
  },
})

export const DatasetExport = builder.prismaNode('Dataset', {
  name: 'DatasetExport',
  description: 'A file of training data, and what it was made of.',
  id: { field: 'id' },
  authScopes: { admin: true },
  fields: (t) => ({
    format: t.expose('format', { type: ExportFormat, description: 'What a row holds.' }),
    isRedacted: t.exposeBoolean('isRedacted', { description: 'Addresses, numbers and names of customers were taken out.' }),
    rows: t.exposeInt('rows', { description: 'Lines of the file.' }),
    sha256: t.exposeString('sha256', { nullable: true, description: 'Of the file’s bytes; null while it is written.' }),
    url: t.string({
      description: 'Where the file can be had until `expiresAt`, by whoever has this address: it needs no key.',
      resolve: ({ id, expiresAt }, _args, resources) => datasetLink(resources, { id, expiresAt }),
    }),
    erasedExamples: t.exposeInt('erasedExamples', {
      description: 'Of its examples, those of customers who were erased since: whatever was trained on it has seen them.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the file is gone.' }),
  }),
})

const ExportTrainingDataInput = builder.inputType('ExportTrainingDataInput', {
  fields: (t) => ({
    format: t.field({ type: ExportFormat, required: true, description: 'What a row holds.' }),
    limit: t.int({ description: 'At most so many rows, oldest examples first; from 1 to 10,000,000. All when left out.' }),
    intent: t.string({ description: 'Only examples of this intent.' }),
    processed: t.boolean({ description: 'Only those that a retraining has used, or with false only those that none has.' }),
    includeHeldOut: t.boolean({
      description: 'Also those that are held out for measuring; whatever is trained with them cannot be measured with them.',
    }),
    redact: t.boolean({
      description: 'Takes out e-mail addresses, telephone, card, IBAN and order numbers and the customer’s name. True when left out.',
    }),
  }),
})

builder.mutationField('exportTrainingData', (t) =>
  t.field({
    type: DatasetExport,
    description: 'Writes approved examples into a file of JSON lines that can be had for 24 hours. Nothing approved makes an empty file.',
    authScopes: { admin: true },
    errors: { types: [InvalidInputError] },
    args: { input: t.arg({ type: ExportTrainingDataInput, required: true }) },
    resolve: (_root, { input }, resources) => exportTrainingData(resources, { input, by: resources.viewer }),
  }),
)

builder.queryField('datasetExports', (t) =>
  t.prismaConnection({
    type: DatasetExport,
    cursor: 'id',
    description: 'Newest first.',
    authScopes: { admin: true },
    resolve: (query, _root, _args, { database }) => database.dataset.findMany({ ...query, orderBy: { id: 'desc' } }),
  }),
)
