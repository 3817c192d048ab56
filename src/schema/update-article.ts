import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { updateArticle } from '../services/knowledge/update-article.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { ArticleStatus, Audience } from './enums.ts'
import { localId } from './global-ids.ts'

const UpdateArticleInput = builder.inputType('UpdateArticleInput', {
  fields: (t) => ({
    articleId: t.id({ required: true }),
    title: t.string(),
    body: t.string(),
    category: t.string(),
    tags: t.stringList(),
    audience: t.field({ type: Audience }),
    locale: t.string(),
    status: t.field({ type: ArticleStatus }),
    expectedVersion: t.int({ description: 'Refused with CONFLICT when the article has another version by now.' }),
  }),
})

builder.mutationField('updateArticle', (t) =>
  t.field({
    type: Article,
    description: 'Changes what is given. The change is searchable when it returns, or the article is PENDING.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError, InvalidInputError] },
    args: { input: t.arg({ type: UpdateArticleInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      updateArticle(resources, { ...input, articleId: localId('Article', input.articleId) }, { by: resources.viewer }),
  }),
)
