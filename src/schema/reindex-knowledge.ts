import { ConflictError } from '../services/errors.ts'
import { startReindex } from '../services/knowledge/start-reindex.ts'
import { builder } from './builder.ts'
import { ReindexRun } from './run.ts'

const ReindexKnowledgeInput = builder.inputType('ReindexKnowledgeInput', {
  fields: (t) => ({
    rollBack: t.boolean({ description: 'Bring the generation before back, and up to date, instead of building a new one. False unless given.' }),
  }),
})

builder.mutationField('reindexKnowledge', (t) =>
  t.field({
    type: ReindexRun,
    description:
      'Builds the search index anew, with the configured embedding model. It happens by itself when that model or the way of cutting changed. One at a time: CONFLICT while one runs.',
    authScopes: { admin: true },
    errors: { types: [ConflictError] },
    args: { input: t.arg({ type: ReindexKnowledgeInput }) },
    resolve: (_root, { input }, resources) => startReindex(resources, { rollBack: input?.rollBack ?? false, by: resources.viewer }),
  }),
)
