import { resolve } from 'node:path'
import { z } from 'zod'
import { isModelFolder } from './engines/model-files.ts'
import { minilm, shippedModelsDir } from './engines/shipped-minilm.ts'

/** Every variable says what it should be: the text is the error of a bad value and, with `help`, the line of `--help`. */
function variable<Schema extends z.ZodType>(
  schema: (error: string) => Schema,
  { expected, help, shownDefault }: { expected: string; help: string; shownDefault?: string },
) {
  return schema(expected).meta({ expected, help, shownDefault })
}

const integer = (minimum: number, maximum: number, fallback: number, help: string) =>
  variable(
    (error) =>
      z
        .string({ error })
        // Number() would read " " as 0 and 0x10 as 16.
        .regex(/^\d{1,12}$/, { error })
        .transform(Number)
        .refine((value) => value >= minimum && value <= maximum, { error })
        .default(fallback),
    { expected: `a whole number from ${minimum} to ${maximum}`, help },
  )
const text = (maximum: number, fallback: string, help: string) =>
  variable((error) => z.string().min(1, { error }).max(maximum, { error }).default(fallback), { expected: `1 to ${maximum} characters`, help })
const choice = <const Values extends readonly [string, ...string[]]>(values: Values, fallback: Values[number], help: string) =>
  variable((error) => z.enum(values, { error }).default(fallback as never), { expected: values.join(' or '), help })
const flag = (fallback: 'true' | 'false', help: string) =>
  variable(
    (error) =>
      z
        .enum(['true', 'false'], { error })
        .default(fallback)
        .transform((value) => value === 'true'),
    { expected: 'true or false', help },
  )

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 }
/** As milliseconds. */
const duration = (fallback: string, help: string) =>
  variable(
    (error) =>
      z
        .string({ error })
        .regex(/^\d{1,5}[mhd]$/, { error })
        .default(fallback)
        .transform((value) => Number(value.slice(0, -1)) * unitMs[value.at(-1) as keyof typeof unitMs]),
    { expected: 'a whole number with m, h or d for minutes, hours or days, such as 30m', help, shownDefault: fallback },
  )

const roles = ['api', 'worker'] as const

const isUrl = (protocols: string[]) => (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1))
/** Such an address stands in logs and in /health/ready, so it may hold no secret. */
function isOpenUrl(value: string): boolean {
  if (!isUrl(['http', 'https'])(value)) return false
  const { username, password, search, hash } = new URL(value)
  return username + password + search + hash === ''
}
const serverAddress = 'a URL that starts with http:// or https://, without user, password, ? and #'
const urlOf = (protocols: string[]) => (error: string) => z.string().refine(isUrl(protocols), { error })
const url = (protocols: string[], help: string, shownDefault: string) =>
  variable((error) => urlOf(protocols)(error).optional(), {
    expected: `a URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`,
    help,
    shownDefault,
  })
const server = (help: string, shownDefault: string) =>
  variable((error) => z.string().refine(isOpenUrl, { error }).optional(), { expected: serverAddress, help, shownDefault })
/** Ollama's own variable is often the address it listens on, `0.0.0.0:11434` or `:11434`: there is no asking that one, and the port may be missing. */
function asOllamaUrl(value: string): string {
  if (/^https?:/.test(value)) return value.replace(/^(https?:\/\/)0\.0\.0\.0(?=[:/]|$)/, '$1127.0.0.1')
  if (value.includes('://')) return value
  const host = value.startsWith(':') ? `127.0.0.1${value}` : value.replace(/^0\.0\.0\.0(?=:|$)/, '127.0.0.1')
  return `http://${host}${/:\d+\/?$/.test(host) ? '' : ':11434'}`
}

const Environment = z.object({
  PORT: integer(0, 65535, 4000, 'port to listen on; 0 takes any free one'),
  HOST: text(255, '127.0.0.1', 'address to listen on'),
  ROLES: variable(
    (error) =>
      z
        .string()
        .default(roles.join(','))
        .transform((value) => value.split(',').map((role) => role.trim()))
        .pipe(z.array(z.enum(roles, { error }), { error }).min(1, { error }))
        .transform((given): ReadonlySet<(typeof roles)[number]> => new Set(given)),
    {
      expected: 'api, worker, or both with a comma between',
      help: 'what this process does: api answers requests, worker writes drafts and does what else is queued',
      shownDefault: roles.join(','),
    },
  ),
  PUBLIC_URL: url(['http', 'https'], 'base of the links that are given out', 'where it listens'),
  DATA_DIR: text(4096, '.understudy', 'folder of the embedded database and vectors'),
  DATABASE_URL: url(['postgres', 'postgresql'], 'PostgreSQL to use', 'embedded, in DATA_DIR'),
  VECTOR_URI: variable((error) => z.string().min(1, { error }).max(4096, { error }).optional(), {
    expected: 'a folder or s3://bucket/path',
    help: 'where the vectors live',
    shownDefault: 'DATA_DIR/vectors',
  }),
  REDIS_URL: url(['redis', 'rediss'], 'Redis that carries wake-ups between replicas', 'PostgreSQL does, by LISTEN and NOTIFY'),
  EMBEDDER: choice(['minilm', 'none', 'openai'], 'minilm', 'sentence embedder: minilm is a local model, openai a server; none leaves keyword search'),
  EMBEDDING_MODEL: variable((error) => z.string().min(1, { error }).max(200, { error }).optional(), {
    expected: 'a folder below MODELS_DIR, or the name that the embedding server knows',
    help: 'which model embeds',
    shownDefault: `${minilm.name}, none with EMBEDDER=openai`,
  }),
  EMBEDDING_BASE_URL: server('OpenAI-compatible server of EMBEDDER=openai', 'OPENAI_BASE_URL'),
  RERANKER_MODEL: variable((error) => z.string().refine(isModelFolder, { error }).optional(), {
    expected: 'a folder below MODELS_DIR',
    help: 'cross-encoder that puts the best passages first',
    shownDefault: 'none',
  }),
  MODELS_DIR: variable((error) => z.string().min(1, { error }).max(4096, { error }).default(shippedModelsDir), {
    expected: 'a folder with models as transformers.js reads them',
    help: 'where the local models lie',
    shownDefault: 'models, where the server is installed',
  }),
  TRAINER_COMMAND: text(4096, 'understudy-trainer', 'program that fine-tunes models, as pip installs it from trainer/'),
  BASE_MODELS_DIR: variable((error) => z.string().min(1, { error }).max(4096, { error }).optional(), {
    expected: 'a folder with GGUF files or Hugging Face folders',
    help: 'where the base models of startFineTuning lie',
    shownDefault: 'DATA_DIR/base-models',
  }),
  GENERATOR: choice(
    ['auto', 'ollama', 'openai', 'extractive'],
    'auto',
    'who writes drafts; auto takes Ollama when it answers and has the model, else extractive',
  ),
  OLLAMA_HOST: variable((error) => z.string().transform(asOllamaUrl).refine(isOpenUrl, { error }).default('http://127.0.0.1:11434'), {
    expected: `${serverAddress}, or host:port`,
    help: 'Ollama server',
  }),
  OLLAMA_MODEL: text(200, 'llama3.2', 'model that Ollama answers with'),
  OPENAI_BASE_URL: server('OpenAI-compatible server, needed by GENERATOR=openai', 'none'),
  OPENAI_API_KEY: variable((error) => z.string().min(1, { error }).max(1000, { error }).optional(), {
    expected: '1 to 1000 characters',
    help: 'its key',
    shownDefault: 'none',
  }),
  OPENAI_MODEL: variable((error) => z.string().min(1, { error }).max(200, { error }).optional(), {
    expected: '1 to 200 characters',
    help: 'its model, needed by GENERATOR=openai',
    shownDefault: 'none',
  }),
  CONTEXT_TOKENS: integer(512, 131072, 4096, 'context window of the model, prompt and answer together'),
  MAXIMUM_TOKENS: integer(16, 8192, 400, 'longest answer of the model, in tokens'),
  FIRST_TOKEN_TIMEOUT_MS: integer(100, 600000, 60000, 'how long a model may take for its first token'),
  IDLE_TOKEN_TIMEOUT_MS: integer(100, 600000, 30000, 'how long a model may pause in the middle of an answer'),
  HAND_OVER_TIMEOUT_MS: integer(
    0,
    120000,
    20000,
    'how long a model may take for the hand-over of a draft that is READY already; 0 leaves it as it was composed',
  ),
  DRAFT_TIMEOUT_MS: integer(1000, 1800000, 180000, 'how long a draft may take in all'),
  GENERATOR_CONCURRENCY: integer(1, 64, 4, 'answers that a language model is asked for at the same time'),
  GENERATOR_FALLBACK: variable((error) => z.enum(['extractive', 'none'], { error }).optional(), {
    expected: 'extractive or none',
    help: 'who writes a draft when the language model fails before its first word; none: the draft fails',
    shownDefault: 'extractive with GENERATOR=auto, else none',
  }),
  GENERATOR_RETRIES: integer(0, 5, 2, 'how often a language model is asked again that failed before its first word'),
  GENERATOR_CIRCUIT_FAILURES: integer(1, 100, 5, 'failures in a row after which a language model is left alone'),
  GENERATOR_CIRCUIT_OPEN_MS: integer(100, 600000, 15000, 'for how long; then one draft tries it again'),
  DRAFT_CONCURRENCY: integer(1, 64, 8, 'drafts written at the same time, whoever writes them'),
  DRAFT_QUEUE_LIMIT: integer(1, 100000, 1000, 'drafts that may wait; one more is refused with QUEUE_FULL'),
  AUTO_DRAFT: flag('false', 'draft a reply as soon as a customer writes'),
  AUTO_ASSIGN: flag('false', 'give each new conversation to the available agent with the least to do'),
  REOPEN_WINDOW: duration('7d', 'how long after its end a customer’s message reopens a conversation; later it opens a new one that goes on from it'),
  ROLL_BACK_DAYS: integer(
    0,
    365,
    14,
    'how many days a promoted model version is watched, to go back by itself when its drafts are worse than those before; 0 never does',
  ),
  SURVEY_DAYS: integer(1, 365, 30, 'how many days a customer may answer a survey'),
  VOICE_GREETING: text(200, 'Hi there,', 'first line of a drafted reply'),
  VOICE_SIGN_OFF: text(200, '— The support team', 'last line of a drafted reply'),
  IMPORT_HOSTS: variable(
    (error) =>
      z
        .string()
        .max(10_000, { error })
        .default('')
        .transform((value) =>
          value
            .toLowerCase()
            .split(',')
            .map((entry) => entry.trim())
            .filter(Boolean),
        )
        .refine((entries) => entries.every((entry) => /^(\*\.)?([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(entry)), { error }),
    {
      expected: 'hosts with commas between, such as docs.example.com,*.example.org,localhost:8080',
      help: 'where articles may be imported from by their address',
      shownDefault: 'none',
    },
  ),
  IMPORT_PRIVATE_ADDRESSES: flag('false', 'IMPORT_HOSTS may be on this machine or in a private network'),
  WEBHOOK_PRIVATE_ADDRESSES: flag('false', 'webhooks may be at http:// addresses, on this machine or in a private network'),
  BOOTSTRAP_ADMIN_KEY: variable(
    (error) =>
      z
        .string()
        .regex(/^[\x21-\x7e]{16,200}$/, { error })
        .optional(),
    {
      expected: '16 to 200 printable characters without spaces',
      help: 'an admin key that is valid from the first start on',
      shownDefault: 'one is made and shown once',
    },
  ),
  JWKS_URL: url(['http', 'https'], 'public keys of the identity provider whose JWTs are accepted beside keys', 'none: only keys'),
  JWT_ISSUER: variable((error) => z.string().min(1, { error }).max(500, { error }).optional(), {
    expected: '1 to 500 characters',
    help: 'the `iss` of its tokens, needed by JWKS_URL',
    shownDefault: 'none',
  }),
  JWT_AUDIENCE: variable((error) => z.string().min(1, { error }).max(500, { error }).optional(), {
    expected: '1 to 500 characters',
    help: 'the `aud` of tokens that are meant for this server, needed by JWKS_URL',
    shownDefault: 'none',
  }),
  JWT_ROLE_CLAIM: text(200, 'role', 'which claim has the role, ADMIN, AGENT or CUSTOMER, or a list of roles'),
  JWT_CUSTOMER_CLAIM: text(200, 'sub', 'which claim has the external id of a customer'),
  COST_PER_MINUTE_AGENT: integer(
    100,
    10000000,
    60000,
    'points of query cost that a key of an agent has at most, and that come back steadily within a minute, unless it has its own',
  ),
  COST_PER_MINUTE_PARTNER: integer(100, 10000000, 30000, 'the same of a key of a partner'),
  COST_PER_MINUTE_CUSTOMER: integer(100, 10000000, 10000, 'the same of a customer'),
  SOCKETS_PER_KEY: integer(1, 100000, 1000, 'WebSockets that a key may have open at a time, on each replica'),
  SUBSCRIPTIONS_PER_KEY: integer(1, 100000, 2000, 'subscriptions that a key may have open at a time, over whichever transport, on each replica'),
  ALLOWED_ORIGINS: variable(
    (error) =>
      z
        .string()
        .max(10_000, { error })
        .default('')
        .transform((value) =>
          value
            .toLowerCase()
            .split(',')
            .map((entry) => entry.trim())
            .filter(Boolean),
        )
        .refine((entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry), { error })
        .transform((entries): ReadonlySet<string> => new Set(entries)),
    {
      expected: 'origins with commas between, such as https://desk.example.com,http://localhost:5173',
      help: 'pages of which browsers may use the API, over HTTP and WebSockets',
      shownDefault: 'any: keys travel in headers that no page of others can set',
    },
  ),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'info', 'least severe log line that is written'),
})

export type Config = ReturnType<typeof readConfig>

export class ConfigurationError extends Error {
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? 'a bad value' : `${problems.length} bad values`}:\n${problems.map((problem) => `  ${problem}`).join('\n')}\nSee \`npm start -- --help\` for all of them.`,
    )
    this.name = 'ConfigurationError'
  }
}

/** Reads and checks everything at once, and opens nothing. Throws a ConfigurationError that names every bad value. */
export function readConfig(environment: NodeJS.ProcessEnv) {
  // An empty variable is what `PORT= npm start` and most compose files mean by unset.
  const given = Object.fromEntries(Object.keys(Environment.shape).map((name) => [name, environment[name] === '' ? undefined : environment[name]]))
  const parsed = Environment.safeParse(given)
  const problems = parsed.success
    ? []
    : [...new Map(parsed.error.issues.map((issue) => [issue.path[0], issue])).values()].map(
        (issue) => `${String(issue.path[0])} must be ${issue.message}, and is ${shown(String(issue.path[0]), given)}`,
      )
  if (given.GENERATOR === 'openai') {
    for (const name of ['OPENAI_BASE_URL', 'OPENAI_MODEL']) if (!given[name]) problems.push(`${name} must be set when GENERATOR is openai`)
  }
  if (given.EMBEDDER === 'openai') {
    if (!given.EMBEDDING_BASE_URL && !given.OPENAI_BASE_URL) problems.push('EMBEDDING_BASE_URL must be set when EMBEDDER is openai')
    if (!given.EMBEDDING_MODEL) problems.push('EMBEDDING_MODEL must be set when EMBEDDER is openai')
  } else if (given.EMBEDDING_MODEL && !isModelFolder(given.EMBEDDING_MODEL)) {
    problems.push(`EMBEDDING_MODEL must be a folder below MODELS_DIR, and is ${shown('EMBEDDING_MODEL', given)}`)
  }
  if (given.JWKS_URL) {
    for (const name of ['JWT_ISSUER', 'JWT_AUDIENCE'])
      if (!given[name]) problems.push(`${name} must be set when JWKS_URL is: a token that is meant for another server is not for this one`)
  }
  if (parsed.success && parsed.data.ROLES.size < roles.length && !given.DATABASE_URL) {
    problems.push(
      `ROLES must be ${roles.join(',')} when DATABASE_URL is unset, and is ${shown('ROLES', given)}: the embedded database belongs to one process, which has to do both`,
    )
  }
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems)
  const dataDir = resolve(parsed.data.DATA_DIR)
  return Object.freeze({
    ...parsed.data,
    DATA_DIR: dataDir,
    VECTOR_URI: parsed.data.VECTOR_URI ?? resolve(dataDir, 'vectors'),
    MODELS_DIR: resolve(parsed.data.MODELS_DIR),
    BASE_MODELS_DIR: resolve(parsed.data.BASE_MODELS_DIR ?? resolve(dataDir, 'base-models')),
    EMBEDDING_MODEL: parsed.data.EMBEDDING_MODEL ?? minilm.name,
  })
}

const secrets = new Set(['OPENAI_API_KEY', 'BOOTSTRAP_ADMIN_KEY', 'DATABASE_URL', 'REDIS_URL'])
function shown(name: string, given: Record<string, string | undefined>): string {
  if (secrets.has(name) || /[@?#]/.test(given[name] ?? '')) return 'something else (not shown: it may hold a secret)'
  return JSON.stringify(given[name]?.slice(0, 60))
}

/** What `npm start -- --help` prints below the usage line. */
export function describeConfig(): string {
  return Object.entries(Environment.shape)
    .map(([name, schema]) => {
      const { expected, help, shownDefault } = schema.meta() as { expected: string; help: string; shownDefault?: string }
      const fallback = shownDefault ?? String(schema.safeParse(undefined).data)
      return `  ${name.padEnd(23)} ${help}\n  ${''.padEnd(23)} ${expected}; default: ${fallback}`
    })
    .join('\n')
}
