import type { GenerationParameters } from './generator.ts'

/** The parameters by Ollama's names, of a request as well as of a model. */
export function ollamaOptions({ temperature, topP, contextTokens, maximumTokens }: GenerationParameters): Record<string, number> {
  return { temperature, ...(topP !== undefined && { top_p: topP }), num_ctx: contextTokens, num_predict: maximumTokens }
}
