import { expect, it } from 'vitest'
import { describeError } from './describe-error.ts'

it('keeps what happened and where, with its causes', () => {
  const cause = Object.assign(new TypeError('the first'), { code: 'E_FIRST' })
  const described = describeError(new Error('the second', { cause }))
  expect(described).toMatchObject({ type: 'Error', message: 'the second', cause: { type: 'TypeError', message: 'the first', code: 'E_FIRST' } })
  expect(described.stack).toMatch(/^Error: the second\n\s+at .*describe-error\.test/)
})

it('leaves out what an error carries, and what Prisma quotes', () => {
  const error = Object.assign(new Error('Invalid `create()` invocation:\n{ data: { text: "private" } }\n\nArgument `text` is missing.'), {
    meta: { detail: 'Failing row contains (private)' },
  })
  error.name = 'PrismaClientValidationError'
  expect(JSON.stringify(describeError(error))).not.toContain('private')
  expect(describeError(error).message).toBe('Argument `text` is missing.')
})

it('describes what is no error without showing it', () => {
  expect(JSON.stringify(describeError('private'))).not.toContain('private')
})

it.each([
  ['JSON', () => JSON.parse('private and more')],
  ['JSON that is long', () => JSON.parse(`{"a": ${'private '.repeat(50)}}`)],
  ['JSON with a letter that is quoted', () => JSON.parse('{"a": p}')],
])('leaves out what a parser of %s quotes', (_what, parse) => {
  let error: unknown
  try {
    parse()
  } catch (thrown) {
    error = thrown
  }
  const { message } = describeError(error)
  expect(message).toMatch(/JSON/)
  expect(message).not.toMatch(/pri|'p'/)
})

it.each([
  'invalid input syntax for type uuid: "private"',
  'invalid input value for enum "Role": "private"',
  'date/time field value out of range: "private"',
  'Raw query failed. Code: `22P02`. Message: `invalid input syntax for type integer: "private"`',
])('leaves out what PostgreSQL quotes: %s', (text) => {
  const { message } = describeError(new Error(text))
  expect(message).not.toContain('private')
  expect(message.length).toBeGreaterThan(text.length - 10)
})
