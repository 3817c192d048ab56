import { builder } from './builder.ts'
import { GenerationState } from './enums.ts'
import { ReindexRun } from './run.ts'

const IndexGeneration = builder.prismaObject('IndexGeneration', {
  description: 'One whole search index over the published articles.',
  authScopes: { staff: true },
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'From 1, one higher with each rebuild.' }),
    state: t.expose('state', { description: 'Whether it answers searches.', type: GenerationState }),
    embeddingModel: t.exposeString('embeddingModel', { description: 'What its vectors were made with.' }),
    articles: t.exposeInt('articles', { description: 'When it went live.' }),
    chunks: t.exposeInt('chunks', { description: 'When it went live.' }),
    recall: t.exposeFloat('recall', {
      nullable: true,
      description: 'Share of the exact nearest chunks that it found when it was checked; null when it was never rebuilt.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    activatedAt: t.expose('activatedAt', { type: 'DateTime', nullable: true, description: 'When it began to answer; null while it is BUILDING.' }),
    run: t.relation('run', { type: ReindexRun, nullable: true, description: 'The run that built it; null for one that was never rebuilt.' }),
  }),
})

builder.queryField('indexGenerations', (t) =>
  t.prismaField({
    type: [IndexGeneration],
    description: 'At most three: the live one, the one before, and one that is being built. Newest first.',
    authScopes: { staff: true },
    resolve: (query, _root, _args, { database }) => database.indexGeneration.findMany({ ...query, orderBy: { number: 'desc' }, take: 10 }),
  }),
)
