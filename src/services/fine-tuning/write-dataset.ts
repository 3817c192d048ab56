import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FineTuning, ModelVersion } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { datasetRows } from '../datasets/dataset-rows.ts'
import { publicAddresses } from '../datasets/public-addresses.ts'
import { readExamples } from '../datasets/read-examples.ts'

export interface WrittenDataset {
  path: string
  /** Null where no conversation is held out. */
  heldOutPath: string | null
  sha256: string
  heldOut: number
}

const pathsIn = (folder: string) => ({ path: join(folder, 'chat.jsonl'), heldOutPath: join(folder, 'held-out.jsonl') })

/** What was written before a crash, if it is here: a training that goes on must see what it began with. Null where there is nothing. */
export async function writtenBefore(
  folder: string,
  { datasetSha256 }: Pick<ModelVersion, 'datasetSha256'>,
  { heldOut }: Pick<FineTuning, 'heldOut'>,
): Promise<WrittenDataset | null> {
  const { path, heldOutPath } = pathsIn(folder)
  const isHere = (await Promise.all([path, heldOutPath].map((file) => stat(file).catch(() => null)))).every((found) => found !== null)
  return isHere && datasetSha256 !== null ? { path, heldOutPath: heldOut > 0 ? heldOutPath : null, sha256: datasetSha256, heldOut } : null
}

/**
 * Writes approved replies as the trainer reads them, redacted, and the held-out ones apart: their loss decides when it stops. Each row names its
 * intent and conversation. Written under other names first, so that half a file is never trained on.
 */
export async function writeDataset({ database }: Pick<Resources, 'database'>, folder: string): Promise<WrittenDataset & { exampleIds: string[] }> {
  const { path, heldOutPath } = pathsIn(folder)
  const isPublic = await publicAddresses({ database })
  const train = openFile(`${path}.part`)
  const held = openFile(`${heldOutPath}.part`)
  const exampleIds: string[] = []
  for await (const page of readExamples({ database }, { intent: null, processed: null, includeHeldOut: true, needsPrompt: true })) {
    for (const example of page) {
      for (const row of datasetRows(example, 'CHAT', { isPublic, names: example.customerName ? [example.customerName] : [] })) {
        const line = { ...row, intent: example.intent, conversationId: example.conversationId }
        await (example.isHeldOut ? held : train).write(line)
        if (!example.isHeldOut) exampleIds.push(example.id)
      }
    }
  }
  const [{ sha256 }, { rows: heldOut }] = [await train.finish(), await held.finish()]
  await rename(`${path}.part`, path)
  await rename(`${heldOutPath}.part`, heldOutPath)
  return { path, heldOutPath: heldOut > 0 ? heldOutPath : null, sha256, exampleIds, heldOut }
}

function openFile(path: string) {
  const stream = createWriteStream(path, { mode: 0o600 })
  const hash = createHash('sha256')
  let rows = 0
  return {
    async write(row: object): Promise<void> {
      const line = `${JSON.stringify(row)}\n`
      hash.update(line)
      rows += 1
      if (!stream.write(line)) await once(stream, 'drain')
    },
    async finish(): Promise<{ sha256: string; rows: number }> {
      stream.end()
      await once(stream, 'close')
      return { sha256: hash.digest('hex'), rows }
    },
  }
}
