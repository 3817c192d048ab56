import { ConflictError, NotFoundError } from '../services/errors.ts'
import { deleteArticle } from '../services/knowledge/delete-article.ts'
import { builder } from './builder.ts'
import { encodeGlobalId, localId } from './global-ids.ts'

const DeletedArticle = builder.objectRef<{ id: string }>('DeletedArticle').implement({
  description: 'What is left of a deleted article.',
  fields: (t) => ({ id: t.id({ description: 'The id that it had.', resolve: ({ id }) => encodeGlobalId('Article', id) }) }),
})

const DeleteArticleInput = builder.inputType('DeleteArticleInput', {
  fields: (t) => ({
    articleId: t.id({ required: true }),
    expectedVersion: t.int({ description: 'Refused with CONFLICT when the article has another version by now.' }),
  }),
})

builder.mutationField('deleteArticle', (t) =>
  t.field({
    type: DeletedArticle,
    description: 'No search finds it any more. Drafts that cite it keep what they quoted.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: DeleteArticleInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      deleteArticle(resources, { ...input, articleId: localId('Article', input.articleId), by: resources.viewer }),
  }),
)
