import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import pretty from 'pino-pretty'
import { describeError } from './describe-error.ts'

export type { Logger }

/** JSON lines where a program reads them, words at a terminal. Callers log ids and counts, never what a customer wrote. */
export function createLogger({ level, isTerminal, destination }: { level: string; isTerminal: boolean; destination?: DestinationStream }): Logger {
  const options = { level, base: undefined, timestamp: stdTimeFunctions.isoTime, serializers: { err: (error: unknown) => describeError(error) } }
  return isTerminal
    ? pino(options, pretty({ colorize: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', singleLine: true, sync: true }))
    : pino(options, destination)
}
