import { expect, test } from 'vitest'
import { InvalidInputError } from '../errors.ts'
import { createPathCheck } from './check-import-path.ts'

test.each(['a\u202efdp.md', 'a\u200b.md', 'shipping/\u2066a.md', 'a\u00ad.md'])('refuses the invisible characters of %j', (path) => {
  expect(() => createPathCheck()(path)).toThrow(InvalidInputError)
})

test.each(['退款/می‌روم.md', '📦 shipping/❤️.md'])('accepts %s', (path) => {
  expect(() => createPathCheck()(path)).not.toThrow()
})
