/** Why there is no connection, in words. Node reports a refused connection to several addresses as an AggregateError without a message of its own. */
export function connectionFailure(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(connectionFailure).join(', ')
  return error instanceof Error ? error.message : String(error)
}
