import { InvalidInputError, NotFoundError } from '../services/errors.ts'
import { addArticlePhrasings, removeArticlePhrasings } from '../services/knowledge/change-phrasings.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

builder.prismaObject('Phrasing', {
  description: 'A way in which customers ask for an article.',
  authScopes: { staff: true },
  fields: (t) => ({
    text: t.exposeString('text', { description: 'In a customer’s words, as it was given.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
})

builder.prismaObjectField(Article, 'phrasings', (t) =>
  t.relation('phrasings', {
    authScopes: { staff: true },
    description: 'The article is found by these as well. At most 100, oldest first.',
    query: { orderBy: { id: 'asc' } },
  }),
)

const phrasings = 'At most 500 characters each; upper and lower case are alike.'

const AddArticlePhrasingsInput = builder.inputType('AddArticlePhrasingsInput', {
  fields: (t) => ({ articleId: t.id({ required: true }), phrasings: t.stringList({ required: true, description: phrasings }) }),
})

const RemoveArticlePhrasingsInput = builder.inputType('RemoveArticlePhrasingsInput', {
  fields: (t) => ({ articleId: t.id({ required: true }), phrasings: t.stringList({ required: true, description: phrasings }) }),
})

builder.mutationField('addArticlePhrasings', (t) =>
  t.field({
    type: Article,
    description: 'Ways to ask for the article, found in a moment. They make no new version of it. One that it has already is not added again.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: AddArticlePhrasingsInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      addArticlePhrasings(resources, { ...input, articleId: localId('Article', input.articleId), by: resources.viewer }),
  }),
)

builder.mutationField('removeArticlePhrasings', (t) =>
  t.field({
    type: Article,
    description: 'Takes phrasings away. Idempotent: one that the article does not have is gone already.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError] },
    args: { input: t.arg({ type: RemoveArticlePhrasingsInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      removeArticlePhrasings(resources, { ...input, articleId: localId('Article', input.articleId), by: resources.viewer }),
  }),
)
