import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Dataset, ExportFormat } from '../../generated/prisma/client.ts'
import type { Resources } from '../../resources.ts'
import { recordAudit } from '../access/record-audit.ts'
import type { Viewer } from '../access/viewer.ts'
import { checkOptionalText, limits } from '../checked-input.ts'
import { InvalidInputError } from '../errors.ts'
import { datasetRows } from './dataset-rows.ts'
import { publicAddresses } from './public-addresses.ts'
import { readExamples } from './read-examples.ts'

export interface ExportTrainingDataInput {
  format: ExportFormat
  limit?: number | null
  intent?: string | null
  processed?: boolean | null
  includeHeldOut?: boolean | null
  redact?: boolean | null
}

const compress = promisify(gzip)
const bytesOfChunk = 512 * 1024
const mostRows = 10_000_000
export const hoursKept = 24

/**
 * Writes approved examples as JSONL, in the order of their ids, into rows of compressed bytes, so that whichever replica is asked can serve the
 * file; no more than one page and one such row is ever held. What it was made of stays known when the file is gone.
 */
export async function exportTrainingData(
  { database }: Pick<Resources, 'database'>,
  { input, by }: { input: ExportTrainingDataInput; by: Viewer | null },
): Promise<Dataset> {
  const { format } = input
  const limit = input.limit ?? mostRows
  if (limit < 1 || limit > mostRows) throw new InvalidInputError(`limit is ${limit}, and must be from 1 to ${mostRows}. Leave it out to export all.`)
  const intent = checkOptionalText('intent', input.intent, { maximum: limits.name })
  const filter = { intent, processed: input.processed ?? null, includeHeldOut: input.includeHeldOut ?? false }
  const isRedacted = input.redact ?? true
  const isPublic = isRedacted ? await publicAddresses({ database }) : undefined
  const parameters = { ...filter, limit: input.limit ?? null }
  const expiresAt = new Date(Date.now() + hoursKept * 3_600_000)
  const { id } = await database.dataset.create({ data: { format, isRedacted, parameters, createdById: by?.agentId ?? null, expiresAt } })

  const hash = createHash('sha256')
  let [rows, position, size] = [0, 0, 0]
  let lines: string[] = []
  let exampleIds: string[] = []
  const flush = async () => {
    if (lines.length === 0) return
    const bytes = await compress(lines.join(''))
    await database.datasetChunk.create({ data: { datasetId: id, position: ++position, bytes: new Uint8Array(bytes), exampleIds } })
    lines = []
    exampleIds = []
    size = 0
  }
  pages: for await (const page of readExamples({ database }, { ...filter, needsPrompt: format !== 'CORRECTIONS' })) {
    for (const example of page) {
      const redaction = isPublic ? { isPublic, names: example.customerName ? [example.customerName] : [] } : null
      for (const row of datasetRows(example, format, redaction)) {
        if (rows === limit) break pages
        const line = `${JSON.stringify(row)}\n`
        hash.update(line)
        lines.push(line)
        size += line.length
        rows += 1
        if (exampleIds.at(-1) !== example.id) exampleIds.push(example.id)
      }
    }
    if (size >= bytesOfChunk) await flush()
  }
  await flush()
  return database.$transaction(async (tx) => {
    await recordAudit(tx, by, { action: 'exportTrainingData', targetType: 'DatasetExport', targetId: id, details: { format, rows, isRedacted } })
    return tx.dataset.update({ where: { id }, data: { rows, sha256: hash.digest('hex') } })
  })
}
