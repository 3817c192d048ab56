import { expect, it } from 'vitest'
import type { Viewer } from '../access/viewer.ts'
import { failureMessage } from './failure-message.ts'

const failure = { message: 'Ollama at http://10.0.0.7:11434 does not have llama3.2.', retryable: false }
const viewerOf = (role: Viewer['role']) => ({ role }) as Viewer

it('names servers and models to staff alone', () => {
  expect(failureMessage(viewerOf('AGENT'), failure)).toBe(failure.message)
  expect(failureMessage(viewerOf('PARTNER'), failure)).not.toMatch(/Ollama|llama|10\.0/)
  expect(failureMessage(viewerOf('PARTNER'), { ...failure, retryable: true })).toMatch(/Ask for a new one/)
})
