import { countCategories, countTags, type LabelCount } from '../services/knowledge/count-labels.ts'
import { builder } from './builder.ts'
import { ArticleStatus } from './enums.ts'

const ArticleLabel = builder.objectRef<LabelCount>('ArticleLabel').implement({
  description: 'A category or a tag.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As articles have it; upper and lower case are told apart.' }),
    count: t.exposeInt('count', { description: 'How many articles have it.' }),
  }),
})

const labels = { categories: countCategories, tags: countTags }

for (const name of ['categories', 'tags'] as const) {
  builder.queryField(name, (t) =>
    t.field({
      type: [ArticleLabel],
      description: `The ${name} of the articles, most used first, at most 500.`,
      authScopes: { staff: true },
      args: { status: t.arg({ type: [ArticleStatus], description: 'Count only articles of these. All unless given.' }) },
      resolve: (_root, args, resources) => labels[name](resources, args),
    }),
  )
}
