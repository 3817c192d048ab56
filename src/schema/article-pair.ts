import { builder } from './builder.ts'
import { ArticlePairKind } from './enums.ts'

interface Finding {
  first: string
  second: string
  firstValue?: string
  secondValue?: string
}

const PairFinding = builder.objectRef<Finding>('PairFinding').implement({
  description: 'A passage of each article, side by side.',
  fields: (t) => ({
    first: t.exposeString('first', { description: 'From the first article.' }),
    second: t.exposeString('second', { description: 'From the second article.' }),
    firstValue: t.string({
      nullable: true,
      description: 'What differs, such as "14 days"; null in a duplicate.',
      resolve: ({ firstValue }) => firstValue ?? null,
    }),
    secondValue: t.string({
      nullable: true,
      description: 'The same of the second article; null in a duplicate.',
      resolve: ({ secondValue }) => secondValue ?? null,
    }),
  }),
})

export const ArticlePair = builder.prismaNode('ArticlePair', {
  description:
    'Two articles that say the same, or that say different things about the same. Staff articles are compared too: see `audience` of each.',
  id: { field: 'id' },
  authScopes: { staff: true },
  fields: (t) => ({
    kind: t.expose('kind', { description: 'Why the two were put together.', type: ArticlePairKind }),
    first: t.relation('first', { description: 'One of the two; which one is first has no meaning.' }),
    second: t.relation('second', { description: 'The other.' }),
    score: t.exposeFloat('score', {
      description:
        'DUPLICATE: the share of one article that is in the other. CONTRADICTION: how alike the passages are without what differs. 0 to 1.',
    }),
    findings: t.field({ type: [PairFinding], description: 'At most 5.', resolve: ({ findings }) => findings as unknown as Finding[] }),
    dismissedAt: t.expose('dismissedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When an agent said that it is no trouble; null while nobody has.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

builder.queryField('articlePairs', (t) =>
  t.prismaConnection({
    type: 'ArticlePair',
    cursor: 'id',
    description: 'Near-duplicates and contradictions that the last check found, surest first.',
    authScopes: { staff: true },
    args: {
      kind: t.arg({ type: ArticlePairKind, description: 'Both unless given.' }),
      dismissed: t.arg.boolean({ defaultValue: false, description: 'True for those that were dismissed.' }),
    },
    resolve: (query, _root, { kind, dismissed }, { database }) =>
      database.articlePair.findMany({
        ...query,
        where: { dismissedAt: dismissed ? { not: null } : null, ...(kind && { kind }) },
        orderBy: [{ score: 'desc' }, { id: 'desc' }],
      }),
  }),
)
