import { expect, it } from 'vitest'
import { nearNames } from './near-names.ts'

const names = ['createApiKey', 'rotateApiKey', 'revokeApiKey', 'sendReply', 'draftReply']

it('finds what a typing error, another case or a part of a name meant', () => {
  expect(nearNames('createApikey', names)).toEqual(['createApiKey'])
  expect(nearNames('sendRepyl', names)).toEqual(['sendReply'])
  expect(nearNames('reply', names)).toEqual(['sendReply', 'draftReply'])
  expect(nearNames('nothing of it', names)).toEqual([])
})
