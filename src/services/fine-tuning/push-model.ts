import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { streamOf } from '../../engines/ollama-models.ts'
import { runTrainer, TrainerError, type TrainerLine } from '../../engines/trainer.ts'
import type { Run } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { tellRun } from '../runs/tell-run.ts'
import { whileTelling } from '../runs/while-telling.ts'
import type { BaseModel } from './find-base.ts'

const tellEveryMs = 2_000

/** Merges the adapter into the base's file, and uploads what came of it unless the server has it already. */
export async function pushModel(
  resources: Pick<Resources, 'database' | 'wakeUps' | 'config' | 'modelServer'>,
  { run, base, adapter, folder, signal }: { run: Run; base: BaseModel; adapter: string; folder: string; signal: AbortSignal },
): Promise<{ digest: string; result: TrainerLine }> {
  const { config, modelServer } = resources
  const path = join(folder, 'tuned.gguf')
  await tellRun(resources, run, { step: 'merge', done: 0, total: 1, message: 'Merging the adapter into the base' })
  // From before a crash; the trainer writes over nothing.
  await rm(path, { force: true })
  const result = await runTrainer(config.TRAINER_COMMAND, ['merge', '--base', base.path, '--adapter', adapter, '--output', path], {
    cwd: folder,
    signal,
  })
  if (typeof result.sha256 !== 'string') throw new TrainerError('TRAINER_FAILED', 'The trainer did not say what it merged.')
  const digest = `sha256:${result.sha256}`
  const { size } = await stat(path)
  await tellRun(resources, run, {
    step: 'merge',
    done: 1,
    total: 1,
    message: `${String(result.changed_tensors)} tensors were changed, and the file read back`,
  })
  if (await modelServer!.hasBlob(digest, { signal })) return { digest, result }
  await upload()
  return { digest, result }

  async function upload(): Promise<void> {
    let [sent, toldAt] = [0, 0]
    await whileTelling(signal, async ({ signal: stopping, tell }) => {
      const counted = new Transform({
        transform(piece: Buffer, _encoding, done) {
          sent += piece.length
          if (performance.now() - toldAt > tellEveryMs || sent === size) {
            toldAt = performance.now()
            const step = {
              step: 'upload',
              done: inMegabytes(sent),
              total: inMegabytes(size),
              message: `${inMegabytes(sent)} of ${inMegabytes(size)} MB are uploaded`,
            }
            tell(() => tellRun(resources, run, step))
          }
          done(null, piece)
        },
      })
      const stream = createReadStream(path)
      stream.on('error', (error) => counted.destroy(error))
      try {
        await modelServer!.pushBlob(digest, streamOf(stream.pipe(counted)), { signal: stopping })
      } finally {
        stream.destroy()
      }
    })
  }
}

const inMegabytes = (bytes: number) => Math.ceil(bytes / 1_000_000)
