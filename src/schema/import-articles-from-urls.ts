import { InvalidInputError } from '../services/errors.ts'
import { startUrlImport } from '../services/knowledge/crawl/start-url-import.ts'
import { builder } from './builder.ts'
import { ImportRun } from './run.ts'

const ImportArticlesFromUrlsInput = builder.inputType('ImportArticlesFromUrlsInput', {
  description: 'Pages by their addresses, by a sitemap, or both: at most 2,000, on hosts of IMPORT_HOSTS.',
  fields: (t) => ({
    urls: t.stringList({ description: 'http or https. The same address is the same article.' }),
    sitemap: t.string({ description: 'The address of an XML sitemap, of one that lists others, or of a text with an address in each line.' }),
    deleteMissing: t.boolean({
      description: 'Delete articles that earlier imports brought from these hosts and this one lacks. False unless given.',
    }),
    confirmDeletions: t.boolean({
      description:
        'Delete them also when they are more than ten and more than half. Otherwise the run then deletes nothing, and says so in its last message and `problems`.',
    }),
  }),
})

builder.mutationField('importArticlesFromUrls', (t) =>
  t.field({
    type: ImportRun,
    description: 'Reads web pages in the background, one at a time. Idempotent by address and by what was understood of the page.',
    authScopes: { admin: true },
    errors: { types: [InvalidInputError] },
    args: { input: t.arg({ type: ImportArticlesFromUrlsInput, required: true }) },
    resolve: (_root, { input }, resources) => startUrlImport(resources, { ...input, by: resources.viewer }),
  }),
)
