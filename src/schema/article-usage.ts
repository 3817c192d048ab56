import type { Context } from '../context.ts'
import { articleUsage, type ArticleUsage as Usage } from '../services/knowledge-health/article-usage.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'

const ArticleUsage = builder.objectRef<Usage>('ArticleUsage').implement({
  description: 'What became of the article in drafts.',
  fields: (t) => ({
    cited: t.exposeInt('cited', { description: 'Drafts whose text rested on it.' }),
    kept: t.exposeInt('kept', { description: 'Of these, sent with what it supports.' }),
    editedAway: t.exposeInt('editedAway', { description: 'Of these, sent without it.' }),
  }),
})

interface Batch {
  articleIds: Set<string>
  usage: Promise<Map<string, Usage>>
}

// The articles of a list ask one after the other in the same turn of the event loop: one statement counts for all of them.
const batches = new WeakMap<Context, Batch>()

async function usageOf(articleId: string, context: Context): Promise<Usage> {
  let batch = batches.get(context)
  if (!batch) {
    const articleIds = new Set<string>()
    const usage = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      batches.delete(context)
      return articleUsage(context, [...articleIds])
    })
    batch = { articleIds, usage }
    batches.set(context, batch)
  }
  batch.articleIds.add(articleId)
  return (await batch.usage).get(articleId)!
}

builder.prismaObjectField(Article, 'usage', (t) =>
  t.field({ type: ArticleUsage, description: 'How drafts have used it so far.', resolve: ({ id }, _args, context) => usageOf(id, context) }),
)
