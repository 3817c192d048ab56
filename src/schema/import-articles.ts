import { InvalidInputError } from '../services/errors.ts'
import { countOutcomes } from '../services/knowledge/count-outcomes.ts'
import { importParameters } from '../services/knowledge/import-parameters.ts'
import { startImport } from '../services/knowledge/start-import.ts'
import { builder } from './builder.ts'
import { ImportRun } from './run.ts'

const ArticleFileInput = builder.inputType('ArticleFileInput', {
  description: 'One file of an import.',
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
    confirmDeletions: t.boolean({
      description:
        'Delete them also when they are more than ten and more than half. Otherwise the run then deletes nothing, and says so in its last message and `problems`.',
    }),
  }),
})

const FileProblem = builder.objectRef<{ path: string; problem: string | null }>('FileProblem').implement({
  description: 'A file that was left out; or, with the path deleteMissing, why no article was deleted.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'As it was given: the path, or the address of a page.' }),
    message: t.string({ description: 'What is wrong with it, and in which line.', resolve: ({ problem }) => problem ?? '' }),
  }),
})

const ImportCounts = builder.objectRef<Awaited<ReturnType<typeof countOutcomes>>>('ImportCounts').implement({
  description: 'How many files, rows and pages of an import became what, and how many articles it deleted.',
  fields: (t) => ({
    created: t.int({ description: 'They made a new article.', resolve: ({ outcomes: { created = 0 } }) => created }),
    updated: t.int({ description: 'They changed an article.', resolve: ({ outcomes: { updated = 0 } }) => updated }),
    unchanged: t.int({ description: 'They said what the article says already.', resolve: ({ outcomes: { unchanged = 0 } }) => unchanged }),
    leftOut: t.int({ description: '`problems` says why.', resolve: ({ outcomes: { failed = 0 } }) => failed }),
    deleted: t.exposeInt('deleted', { description: 'Articles that `deleteMissing` deleted.' }),
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
    description: 'The files that were left out, at most the first 100, and why `deleteMissing` deleted nothing.',
    select: () =>
      ({
        parameters: true,
        importFiles: { where: { problem: { not: null } }, select: { path: true, problem: true }, orderBy: { position: 'asc' }, take: 100 },
      }) as const,
    resolve: (run) => {
      const { notDeleted } = importParameters(run)
      return [...(notDeleted ? [{ path: 'deleteMissing', problem: notDeleted }] : []), ...run.importFiles]
    },
  }),
)

builder.mutationField('importArticles', (t) =>
  t.field({
    type: ImportRun,
    description: 'Stores the files and reads them in the background. Idempotent by path and content: an unchanged file changes nothing.',
    authScopes: { staff: true },
    errors: { types: [InvalidInputError] },
    args: { input: t.arg({ type: ImportArticlesInput, required: true }) },
    resolve: (_root, { input }, resources) => startImport(resources, { ...input, by: resources.viewer }),
  }),
)
