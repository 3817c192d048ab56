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
