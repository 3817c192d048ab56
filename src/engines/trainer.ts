import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A line of the trainer's protocol: see trainer/README.md. */
export interface TrainerLine {
  type: string
  [field: string]: unknown
}

/** The message says what happened and what to do next. */
export class TrainerError extends Error {
  readonly code: string
  /** The same again may go well: it was stopped, or another one is still at work in the same folder. */
  readonly retryable: boolean
  constructor(code: string, message: string) {
    super(message)
    this.name = 'TrainerError'
    this.code = code
    this.retryable = code === 'STOPPED' || code === 'OUTPUT_IN_USE'
  }
}

const patienceMs = 15_000
const longestLine = 1_000_000
const mostOfLog = 2_000
/** Of everything else a trainer needs nothing, and keys and addresses least of all. */
const passedOn =
  /^(PATH|HOME|LANG|LC_.*|TMPDIR|TEMP|TMP|SYSTEMROOT|VIRTUAL_ENV|PYTHON.*|LD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*|OMP_NUM_THREADS|MKL_.*|TORCH.*|HSA_.*|ROCR_.*)$/

/**
 * Runs one of the trainer's commands and returns its result, the last line of its output. Aborting asks it to stop, and ends it when it does not;
 * with --resume the next run goes on.
 */
export async function runTrainer(
  command: string,
  args: string[],
  { cwd, signal, onLine = () => {} }: { cwd: string; signal: AbortSignal; onLine?: (line: TrainerLine) => void },
): Promise<TrainerLine> {
  signal.throwIfAborted()
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: environmentOf(process.env) })
  let log = ''
  child.stderr.on('data', (piece: Buffer) => {
    log = (log + piece.toString()).slice(-mostOfLog)
  })
  let killing: NodeJS.Timeout | undefined
  const stop = () => {
    child.kill('SIGTERM')
    killing = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  }
  signal.addEventListener('abort', stop, { once: true })
  const ended = new Promise<{ code: number | null; killedBy: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, killedBy) => resolve({ code, killedBy }))
  })
  // Awaited below; a program that is missing fails before.
  ended.catch(() => {})
  try {
    let last: TrainerLine | null = null
    for await (const text of createInterface({ input: child.stdout, crlfDelay: Number.POSITIVE_INFINITY })) {
      const line = readLine(text)
      if (!line) continue
      last = line
      if (line.type !== 'result' && line.type !== 'error') onLine(line)
    }
    const { code, killedBy } = await ended
    signal.throwIfAborted()
    if (last?.type === 'result' && code === 0) return last
    throw failureOf(last, { code, killedBy, log })
  } catch (error) {
    signal.throwIfAborted()
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'EACCES')
      throw new TrainerError(
        'TRAINER_NOT_INSTALLED',
        `${command} cannot be run on the machine of the worker. Install it there with \`pip install ./trainer\` (Python 3.11 or newer), or name it with TRAINER_COMMAND.`,
      )
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    clearTimeout(killing)
  }
}

function environmentOf(all: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const needed = Object.entries(all).filter(([name]) => passedOn.test(name.toUpperCase()))
  return { ...Object.fromEntries(needed), HF_HUB_OFFLINE: '1', TRANSFORMERS_OFFLINE: '1' }
}

function readLine(text: string): TrainerLine | null {
  if (text.length > longestLine) return null
  try {
    const line = JSON.parse(text)
    return typeof line?.type === 'string' ? line : null
  } catch {
    return null
  }
}

function failureOf(
  last: TrainerLine | null,
  { code, killedBy, log }: { code: number | null; killedBy: NodeJS.Signals | null; log: string },
): TrainerError {
  if (last?.type === 'error') return new TrainerError(String(last.code), String(last.message))
  if (killedBy === 'SIGKILL' || code === 137)
    return new TrainerError(
      'OUT_OF_MEMORY',
      'The system ended the trainer, most often for want of memory. Take a smaller base, a lower rank, or a machine with more.',
    )
  if (killedBy === 'SIGTERM' || code === 6) return new TrainerError('STOPPED', 'The trainer was stopped from outside.')
  const lines = log.trim().split('\n').slice(-2).join(' ')
  return new TrainerError('TRAINER_FAILED', `The trainer ended with code ${code} and without a result.${lines ? ` Its last words: ${lines}` : ''}`)
}
