import { InvalidInputError } from '../services/errors.ts'
import { countOutcomes } from '../services/knowledge/count-outcomes.ts'
import { startImport } from '../services/knowledge/start-import.ts'
import { builder } from './builder.ts'
import { ImportRun } from './run.ts'

const ArticleFileInput = builder.inputType('ArticleFileInput', {
  fields: (t) => ({
    path: t.string({
      required: true,
      description:
        'Relative, such as shipping/free-shipping.md, .html or .csv. The same path is the same article; its file name is the slug of a new one.',
    }),
    content: t.string({
      required: true,
      description:
        'Markdown with YAML front matter (title, slug, category, tags, audience, locale, status, phrasings) or HTML, at most 500,000 characters; or CSV with the columns title, body and any of category, tags, audience, locale, status, slug, each row an article, at most 10,000,000.',
    }),
  }),
})

const ImportArticlesInput = builder.inputType('ImportArticlesInput', {
  fields: (t) => ({
    files: t.field({ type: [ArticleFileInput], required: true, description: '1 to 5,000, each row of a CSV file counted.' }),
    deleteMissing: t.boolean({ description: 'Delete articles that earlier imports brought and this one lacks. False unless given.' }),
  }),
})

const FileProblem = builder.objectRef<{ path: string; problem: string | null }>('FileProblem').implement({
  description: 'A file that was left out.',
  fields: (t) => ({
    path: t.exposeString('path'),
    message: t.string({ description: 'What is wrong with it, and in which line.', resolve: ({ problem }) => problem ?? '' }),
  }),
})

const ImportCounts = builder.objectRef<Record<string, number>>('ImportCounts').implement({
  description: 'How many files, rows and pages of an import became what.',
  fields: (t) => ({
    created: t.int({ resolve: ({ created = 0 }) => created }),
    updated: t.int({ resolve: ({ updated = 0 }) => updated }),
    unchanged: t.int({ resolve: ({ unchanged = 0 }) => unchanged }),
    leftOut: t.int({ description: '`problems` says why.', resolve: ({ failed = 0 }) => failed }),
  }),
})

builder.prismaObjectField(ImportRun, 'counts', (t) =>
  t.field({
    type: ImportCounts,
    description: 'So far.',
    select: { id: true },
    resolve: ({ id }, _args, { database }) => countOutcomes({ database }, { runId: id }),
  }),
)

builder.prismaObjectField(ImportRun, 'problems', (t) =>
  t.field({
    type: [FileProblem],
    description: 'The files that were left out, at most the first 100.',
    select: () =>
      ({
        importFiles: { where: { problem: { not: null } }, select: { path: true, problem: true }, orderBy: { position: 'asc' }, take: 100 },
      }) as const,
    resolve: ({ importFiles }) => importFiles,
  }),
)

builder.mutationField('importArticles', (t) =>
  t.field({
    type: ImportRun,
    description: 'Stores the files and reads them in the background. Idempotent by path and content: an unchanged file changes nothing.',
    authScopes: { staff: true },
    errors: { types: [InvalidInputError] },
    args: { input: t.arg({ type: ImportArticlesInput, required: true }) },
    resolve: (_root, { input }, resources) => startImport(resources, { ...input, agentId: resources.viewer.agentId }),
  }),
)
