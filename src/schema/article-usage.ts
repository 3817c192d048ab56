import { articleUsage, type ArticleUsage as Usage } from '../services/knowledge-health/article-usage.ts'
import { Article } from './article.ts'
import { batchInRequest } from './batch-in-request.ts'
import { builder } from './builder.ts'

const ArticleUsage = builder.objectRef<Usage>('ArticleUsage').implement({
  description: 'What became of the article in drafts.',
  fields: (t) => ({
    cited: t.exposeInt('cited', { description: 'Drafts whose text rested on it.' }),
    kept: t.exposeInt('kept', { description: 'Of these, sent with what it supports.' }),
    editedAway: t.exposeInt('editedAway', { description: 'Of these, sent without it.' }),
  }),
})

const usageOf = batchInRequest(articleUsage)

builder.prismaObjectField(Article, 'usage', (t) =>
  t.field({
    type: ArticleUsage,
    authScopes: { staff: true },
    description: 'How drafts have used it so far.',
    resolve: async ({ id }, _args, context) => (await usageOf(context, id))!,
  }),
)
