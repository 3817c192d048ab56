export interface DescribedError {
  type: string
  message: string
  stack: string
  code?: string | number
  cause?: DescribedError
}

const deepestCause = 5

/**
 * What the log has of an error: what kind, what happened and where, with its causes. No other properties, and of Prisma's messages the last line
 * alone: the rest quotes what was to be stored, which may be anybody's words.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no Error was thrown', stack: '' }
  const type = error.constructor.name || error.name
  const message = withoutInput(error.name.startsWith('PrismaClient') ? (error.message.trim().split('\n').at(-1) ?? '') : error.message)
  // A stack begins with the message.
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const { code } = error as { code?: unknown }
  return {
    type,
    message,
    stack: [`${type}: ${message}`, ...frames].join('\n'),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.cause instanceof Error && depth < deepestCause && { cause: describeError(error.cause, depth + 1) }),
  }
}

/** Parsers quote what they were given: V8's of JSON its letters, PostgreSQL the value that is no number, time or id (22P02, 22007 and their kind). */
function withoutInput(message: string): string {
  if (/\bJSON\b/.test(message) && /^(Unexpected|Expected|Unterminated|Bad|Exponent|No number)/.test(message))
    return `This is no JSON${/ at position \d+[^"]*$/.exec(message)?.[0] ?? ''}`
  return message.replace(/(?<=(?:invalid input (?:syntax|value) for|out of range)[^":]*(?:"[^"]*")?: )"[^]*"/, '"…"')
}
