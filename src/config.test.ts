import { describe, expect, test } from 'vitest'
import { describeConfig, readConfig } from './config.ts'

describe('numbers', () => {
  test.each([' ', '0x10', '1e3', '4000.5', '-1', '65536', 'many', ' 4000'])('PORT may not be %j', (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/PORT must be a whole number from 0 to 65535/)
  })

  test('are numbers, and have defaults', () => {
    expect(readConfig({ PORT: '0' })).toMatchObject({ PORT: 0, IDLE_TOKEN_TIMEOUT_MS: 30_000 })
    expect(readConfig({ PORT: '' }).PORT).toBe(4000)
  })
})

describe('addresses of servers', () => {
  test.each([
    ['OLLAMA_HOST', 'ftp://gpu-box'],
    ['OLLAMA_HOST', 'http://user:hunter2@gpu-box:11434'],
    ['OLLAMA_HOST', 'user:hunter2@gpu-box'],
    ['OLLAMA_HOST', 'gpu-box?key=hunter2'],
    ['OPENAI_BASE_URL', 'https://user:hunter2@models.example/v1'],
    ['OPENAI_BASE_URL', 'https://models.example/v1?key=hunter2'],
    ['EMBEDDING_BASE_URL', 'https://hunter2@models.example/v1'],
    ['EMBEDDING_BASE_URL', 'models.example'],
  ])('%s may not be %s, and no secret is shown', (name, value) => {
    const refusal = () => readConfig({ [name]: value })
    expect(refusal).toThrow(`${name} must be a URL that starts with http:// or https://, without user, password`)
    expect(refusal).not.toThrow('hunter2')
  })
})

describe('models', () => {
  test('of a server need their name and address', () => {
    expect(() => readConfig({ EMBEDDER: 'openai' })).toThrow(/EMBEDDING_BASE_URL must be set[^]*EMBEDDING_MODEL must be set/)
    expect(readConfig({ EMBEDDER: 'openai', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1', EMBEDDING_MODEL: 'nomic-embed-text:latest' })).toMatchObject(
      {
        EMBEDDING_MODEL: 'nomic-embed-text:latest',
      },
    )
  })

  test.each(['../secret', '/etc', 'a//b', 'C:\\models', 'a/b/c/d/e', '.hidden'])('lie below MODELS_DIR, not in %s', (folder) => {
    expect(() => readConfig({ EMBEDDING_MODEL: folder })).toThrow(/EMBEDDING_MODEL must be a folder below MODELS_DIR/)
    expect(() => readConfig({ RERANKER_MODEL: folder })).toThrow(/RERANKER_MODEL must be a folder below MODELS_DIR/)
  })
})

describe('roles', () => {
  const DATABASE_URL = 'postgresql://127.0.0.1/understudy'

  test('are both, or either with a database that is shared', () => {
    expect([...readConfig({}).ROLES]).toEqual(['api', 'worker'])
    expect([...readConfig({ ROLES: 'worker, api' }).ROLES].sort()).toEqual(['api', 'worker'])
    expect([...readConfig({ ROLES: 'worker', DATABASE_URL }).ROLES]).toEqual(['worker'])
  })

  test.each(['api', 'worker'])('of the embedded database cannot be %s alone', (ROLES) => {
    expect(() => readConfig({ ROLES })).toThrow(
      /ROLES must be api,worker when DATABASE_URL is unset, and is "\w+": the embedded database belongs to one process/,
    )
  })

  test.each(['nothing', 'api,', 'api;worker', 'api,api,boss', ' '])('cannot be %j', (ROLES) => {
    expect(() => readConfig({ ROLES, DATABASE_URL })).toThrow('ROLES must be api, worker, or both with a comma between')
  })
})

test('--help names every setting, and no folder of this machine', () => {
  expect(describeConfig()).toMatch(/RERANKER_MODEL[^]*MODELS_DIR/)
  expect(describeConfig()).not.toContain(process.cwd())
})
