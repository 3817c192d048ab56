import { ConflictError, InvalidInputError } from '../services/errors.ts'
import { createArticle } from '../services/knowledge/create-article.ts'
import { Article } from './article.ts'
import { builder } from './builder.ts'
import { ArticleStatus, Audience } from './enums.ts'

const CreateArticleInput = builder.inputType('CreateArticleInput', {
  fields: (t) => ({
    title: t.string({ required: true, description: '1 to 300 characters.' }),
    body: t.string({ required: true, description: 'Markdown, 1 to 200,000 characters.' }),
    category: t.string({ required: true, description: 'Any name of up to 200 characters. `categories` lists those in use.' }),
    tags: t.stringList({ description: 'At most 50.' }),
    audience: t.field({ type: Audience, description: 'PUBLIC unless given.' }),
    locale: t.string({ description: 'A language tag; en unless given.' }),
    status: t.field({ type: ArticleStatus, description: 'PUBLISHED unless given.' }),
    slug: t.string({ description: 'Made from the title unless given. One that is taken gets a number.' }),
  }),
})

builder.mutationField('createArticle', (t) =>
  t.field({
    type: Article,
    description: 'Embedded and searchable when it returns (indexState INDEXED), or PENDING when indexing is slow or the embedder is away.',
    authScopes: { staff: true },
    errors: { types: [InvalidInputError, ConflictError] },
    args: { input: t.arg({ type: CreateArticleInput, required: true }) },
    resolve: (_root, { input }, resources) => createArticle(resources, input, { by: resources.viewer }),
  }),
)
