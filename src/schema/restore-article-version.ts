import { ConflictError, NotFoundError } from '../services/errors.ts'
import { restoreArticleVersion } from '../services/knowledge/restore-article-version.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

const RestoreArticleVersionInput = builder.inputType('RestoreArticleVersionInput', {
  fields: (t) => ({
    articleId: t.id({ required: true }),
    version: t.int({ required: true, description: 'The version whose content comes back.' }),
    expectedVersion: t.int({ description: 'Refused with CONFLICT when the article has another version by now.' }),
  }),
})

builder.mutationField('restoreArticleVersion', (t) =>
  t.field({
    type: Article,
    description: 'Makes a new version with the content, audience and status of an earlier one. What the article says already makes none.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, ConflictError] },
    args: { input: t.arg({ type: RestoreArticleVersionInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      restoreArticleVersion(resources, { ...input, articleId: localId('Article', input.articleId) }, { by: resources.viewer }),
  }),
)
