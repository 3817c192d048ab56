import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { updateArticle } from '../services/knowledge/update-article.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { ArticleStatus, Audience } from './enums.ts'
import { localId } from './global-ids.ts'

const UpdateArticleInput = builder.inputType('UpdateArticleInput', {
  fields: (t) => ({
    articleId: t.id({ required: true }),
    title: t.string({ description: '1 to 300 characters. The slug stays.' }),
    body: t.string({ description: 'The whole article as Markdown, 1 to 200,000 characters.' }),
    category: t.string({ description: 'Any name of up to 200 characters.' }),
    tags: t.stringList({ description: 'All that it shall have, at most 50. An empty list takes them away.' }),
    audience: t.field({ description: 'INTERNAL takes it out of what replies to customers are written from.', type: Audience }),
    locale: t.string({ description: 'A language tag, such as en or pt-BR.' }),
    status: t.field({ description: 'DRAFT and ARCHIVED take it out of the search.', type: ArticleStatus }),
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
