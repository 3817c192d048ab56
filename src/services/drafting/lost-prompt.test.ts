import { expect, test } from 'vitest'
import { recordedChat } from '../../../test/support/replay-ollama.ts'
import { buildPrompt, estimatePromptTokens } from './build-prompt.ts'
import { lostPrompt } from './lost-prompt.ts'

const sized = (count: number) => [{ role: 'user' as const, content: Array.from({ length: count }, (_, index) => `word${index}`).join(' ') }]

test('a prompt that a real server cut is found, and those that it read whole are not', () => {
  const cut = recordedChat('chat-truncated-context')
  expect(cut).toMatchObject({ promptTokens: 512, contextTokens: 512 })
  expect(lostPrompt(cut)).toBe(true)
  // The window that was asked for does not matter when fewer tokens were read than there are words.
  expect(lostPrompt({ ...cut, contextTokens: 4096 })).toBe(true)
  for (const name of ['chat-stream', 'chat-once', 'chat-length-stop', 'chat-json-schema']) expect(lostPrompt(recordedChat(name))).toBe(false)
})

test('our own count is never below that of the real server, which read the prompt in its template', () => {
  for (const name of ['chat-stream', 'chat-once', 'chat-length-stop', 'chat-json-schema']) {
    const { messages, promptTokens } = recordedChat(name)
    expect(estimatePromptTokens(messages)).toBeGreaterThanOrEqual(promptTokens)
  }
})

test.each([
  ['the window', 4096, true],
  ['one less than it', 4095, true],
  ['two less', 4094, false],
  ['half of it and what is kept at the front', 2050, true],
  ['as much, with the mark of the beginning', 2051, true],
  ['half of it', 2048, false],
  ['one token a word', 1000, false],
  ['less than one token a word', 999, true],
  ['nothing, for it was in the cache', 0, false],
  ['not counted', null, false],
])('of 1,000 words in a window of 4,096 the model read: %s', (_what, promptTokens, expected) => {
  expect(lostPrompt({ messages: sized(1000), promptTokens, contextTokens: 4096 })).toBe(expected)
})

test('a prompt as drafts have it has fewer words than any model has tokens for it', () => {
  const { messages } = buildPrompt({
    systemPrompt: null,
    voice: { greeting: 'Hi there,', signOff: '— The support team' },
    history: [{ author: 'customer', text: 'Where is my order?' }],
    question: 'How do I get my money back?',
    sources: [{ number: 1, title: 'Refunds', heading: 'Costs', text: 'The label is free. '.repeat(40), score: 1, internal: false }],
    sufficient: true,
    instruction: null,
    tone: null,
    budgetTokens: 3696,
  })
  // English prose has 1.3 tokens a word or more; that is the room between a whole prompt and a cut one.
  const words = messages.flatMap(({ content }) => content.match(/\S+/g) ?? []).length
  expect(lostPrompt({ messages, promptTokens: Math.ceil(words * 1.2), contextTokens: 4096 })).toBe(false)
  expect(lostPrompt({ messages, promptTokens: Math.floor(words * 0.9), contextTokens: 4096 })).toBe(true)
})
