import { ConflictError, InvalidInputError, NotFoundError } from '../services/errors.ts'
import { createArticleFromGap } from '../services/knowledge-health/create-article-from-gap.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { localId } from './global-ids.ts'

const CreateArticleFromGapInput = builder.inputType('CreateArticleFromGapInput', {
  fields: (t) => ({
    gapId: t.id({ required: true }),
    title: t.string({ description: 'The suggested title unless given.' }),
    body: t.string({ description: 'Markdown; the suggestion unless given.' }),
    category: t.string({ required: true, description: 'Any name of up to 200 characters.' }),
  }),
})

builder.mutationField('createArticleFromGap', (t) =>
  t.field({
    type: Article,
    description: 'Makes a DRAFT article and links the gap to it. Read it, then publish it with `updateArticle`: nobody finds it before.',
    authScopes: { staff: true },
    errors: { types: [NotFoundError, InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: CreateArticleFromGapInput, required: true }) },
    resolve: (_root, { input }, resources) =>
      createArticleFromGap(resources, { ...input, gapId: localId('KnowledgeGap', input.gapId, 'knowledge gap') }, { by: resources.viewer }),
  }),
)
