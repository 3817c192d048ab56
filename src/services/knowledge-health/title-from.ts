import { withoutPrivateDetails } from './private-details.ts'

/** The representative question as the title of an article: its first question, capitalised, without numbers that only one customer has. */
export function titleFrom(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim()
  const first = /[^.!?]{3,}\?/.exec(line)?.[0].trim() ?? line
  const general = withoutPrivateDetails(first, { name: null, email: null, wrote: line }, () => false) ?? first.replace(/\S*[@\d]\S*/g, '').trim()
  return (general || first).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}
