import { parseArgs } from 'node:util'
import { ExpectedError } from '../../src/services/errors.ts'
import { CommandError } from '../knowledge/command-error.ts'
import { connectServer } from '../knowledge/connect-server.ts'
import type { Base } from '../knowledge/open-base.ts'
import { activateManifest } from './activate-manifest.ts'
import { checkOperations } from './check-operations.ts'
import { listOperations } from './list-operations.ts'
import { readManifestFile } from './read-manifest.ts'
import { registerManifest } from './register-manifest.ts'

const usage = `Usage: npm run operations -- COMMAND

  register MANIFEST --api-key ID   register the operations in a file for the partner of a key; ID is that of createApiKey
  activate MANIFEST --api-key ID   have the operations in a file answered that were registered as drafts, deprecated or retired
  list                             all registered operations: whose, their status, cost and last use
  check                            say which registered operations a schema would break, and whose; ends with 1 when there are any

  --draft             with register: refused until activate; what is known already keeps its status
  --schema FILE       with check: the new schema (default: schema.graphql)
  --manifest FILE     with check: the operations in this file instead of the registered ones; nothing else is opened
  --before FILE       with check: the schema that they work with now, to find changed types too (default: that of the server, none with --manifest)

A manifest is a map of hash and text, as relay-compiler (persistConfig with "algorithm": "SHA256") and GraphQL Code Generator (persistedDocuments with
hashAlgorithm: 'sha256') write it, or the persisted-query manifest of Apollo.

UNDERSTUDY_URL names the server whose operations count, and UNDERSTUDY_KEY the key of an admin. Without UNDERSTUDY_URL it works on the database of DATABASE_URL
or DATA_DIR by itself, when there is one, with the settings of npm start (see npm start -- --help); while a server has it open, it asks that server.
`

const options = {
  help: { type: 'boolean', short: 'h' },
  'api-key': { type: 'string' },
  draft: { type: 'boolean', default: false },
  schema: { type: 'string', default: 'schema.graphql' },
  manifest: { type: 'string' },
  before: { type: 'string' },
} as const

// By name: their modules are those of the server, and most commands load none of it.
const explained = ['CommandError', 'ConfigurationError', 'DataFolderError', 'DataFolderInUseError', 'DatabaseUnavailableError']

try {
  process.exitCode = await run()
} catch (error) {
  const { code, name, message, stack } = error as Error & { code?: string }
  const isExplained = error instanceof ExpectedError || explained.includes(name)
  if (code?.startsWith('ERR_PARSE_ARGS')) process.stderr.write(`${message}\nSee npm run operations -- --help\n`)
  else process.stderr.write(`${isExplained ? message : (stack ?? message)}\n`)
  process.exitCode = 1
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const [command, target, ...rest] = positionals
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  if ((command === 'register' || command === 'activate') && target && rest.length === 0) {
    const apiKeyId = values['api-key']
    if (!apiKeyId) throw new CommandError('Say for whom: --api-key with the id of a key of the partner, as createApiKey gave it.')
    const documents = await readManifestFile(target)
    return withBase((base) =>
      command === 'activate'
        ? activateManifest(base, { apiKeyId, documents })
        : registerManifest(base, { apiKeyId, documents, isDraft: values.draft }),
    )
  }
  if (command === 'list' && !target) return withBase(listOperations)
  if (command === 'check' && !target) {
    const { schema, manifest, before } = values
    return manifest === undefined ? withBase((base) => checkOperations({ schema, before, base })) : checkOperations({ schema, before, manifest })
  }
  process.stderr.write(usage)
  return 1
}

async function withBase(work: (base: Base) => Promise<number>): Promise<number> {
  const base = await open(process.env)
  try {
    return await work(base)
  } finally {
    await base.close()
  }
}

async function open(environment: NodeJS.ProcessEnv): Promise<Base> {
  const { UNDERSTUDY_URL: url, UNDERSTUDY_KEY: key } = environment
  if (url && key) return connectServer({ url, key })
  const { openBase } = await import('../knowledge/open-base.ts')
  return openBase(environment, { whose: 'an admin', mustExist: true })
}
