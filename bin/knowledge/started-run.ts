import { CommandError } from './command-error.ts'

/** What a mutation that starts a run answers: the run, or why there is none. */
export interface StartedRun {
  id?: string
  message?: string
}

export function runIdOf({ id, message }: StartedRun): string {
  if (id === undefined) throw new CommandError(message ?? 'The import could not be started.')
  return id
}
