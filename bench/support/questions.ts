import { type Question, readLines } from '../../eval/help-center.ts'

/** The sample questions that can be asked on their own, each once. */
export function sampleQuestions(): string[] {
  const questions = readLines<Question>('questions.jsonl').filter(({ kind }) => kind !== 'followup')
  return [...new Set(questions.map(({ question }) => question))]
}

/** Other distinct texts, to get going with. */
export function warmUpQuestions(): string[] {
  return readLines<{ text: string }>('out-of-scope.jsonl').map(({ text }) => text)
}
