import type { PromptMessage } from '../../engines/generator.ts'

/**
 * Whether the model read less of the prompt than it was sent, by its own count: servers cut what is too long without an error. Three signs:
 *
 * - The count is the window. Ollama's own runner keeps as much as fits, which is what it then counts.
 * - The count is half the window and the few tokens that are kept at the front, 2 or 3 of them after rounding. Ollama keeps as much since it has
 *   llama.cpp's server below it (ollama#17427: 2,050 of 4,096, 16,386 of 32,768).
 * - The count is below the number of words, whatever the window: no tokenizer in use makes one token of two words with a space between. This
 *   tells of a window that is smaller than the one asked for, because the model has no larger one.
 *
 * A count of 0 or none says nothing: old versions of Ollama leave out what they had in their cache (ollama#2068).
 */
export function lostPrompt({
  messages,
  promptTokens,
  contextTokens,
}: {
  messages: PromptMessage[]
  promptTokens: number | null
  contextTokens: number
}): boolean {
  if (!promptTokens) return false
  if (promptTokens >= contextTokens - 1) return true
  const keptAtFront = promptTokens - Math.floor(contextTokens / 2)
  return keptAtFront === 2 || keptAtFront === 3 || promptTokens < countWords(messages)
}

function countWords(messages: PromptMessage[]): number {
  return messages.reduce((sum, { content }) => sum + (content.match(/\S+/g)?.length ?? 0), 0)
}
