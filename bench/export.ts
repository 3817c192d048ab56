import type { ExportFormat } from '../src/generated/prisma/client.ts'
import { exportTrainingData } from '../src/services/datasets/export-training-data.ts'
import { readDataset } from '../src/services/datasets/read-dataset.ts'
import type { Database } from '../src/stores/database.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import type { Measurement, Row } from './measurement.ts'

const examples = 30_000
const rounds = 3
const formats = [
  { format: 'CORRECTIONS', redact: false, target: 20_000 },
  { format: 'CHAT', redact: true, target: 5_000 },
] as const

/** How fast training data is written: read from the database, put into rows, redacted, hashed, compressed and stored. */
export async function measureExport(): Promise<Measurement> {
  const { resources, close } = await openKnowledge({ environment: { EMBEDDER: 'none' } })
  try {
    const { database } = resources
    await fill(database)
    const rows: Row[] = []
    for (const { format, redact, target } of formats) {
      const plain = await rate(() => readAll(database, format === 'CHAT'))
      rows.push({
        what: `${format}${redact ? ' with prompts, redacted' : ''}`,
        unit: 'per second',
        measured: await rate(() => write(format, redact)),
        reference: plain,
        target: { atLeast: target },
      })
    }
    return {
      title: `Export ${examples} examples`,
      conditions: `embedded database; a question of 60 words, a draft and a correction of 80, a prompt of 900; the best of ${rounds}`,
      reference: 'the same rows read from the database by one statement, and nothing done with them',
      rows,
    }

    async function write(format: ExportFormat, redact: boolean): Promise<number> {
      const { id, rows: count } = await exportTrainingData({ database }, { input: { format, redact }, by: null })
      if (!(await readDataset({ database }, id))) throw new Error('The file is not there.')
      return count
    }
  } finally {
    await close()
  }
}

async function rate(work: () => Promise<number>): Promise<number> {
  let best = 0
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    const count = await work()
    if (count !== examples) throw new Error(`${count} rows of ${examples} came.`)
    best = Math.max(best, count / ((performance.now() - startedAt) / 1000))
  }
  return best
}

async function readAll(database: Database, needsPrompt: boolean): Promise<number> {
  const prompt = needsPrompt ? 'd."prompt"' : 'NULL'
  const rows = await database.$queryRawUnsafe<object[]>(
    `SELECT e."id", e."conversationId", e."intent", e."question", e."originalResponse", e."correction", ${prompt} AS prompt
      FROM "TrainingExample" e JOIN "Draft" d ON d."id" = e."draftId"`,
  )
  return rows.length
}

const words = 'You can return the tent within thirty days and we send the money back to the card that you paid with'
/** In lines of 21 words. */
const text = (count: number) => Array.from({ length: count }, (_, index) => words.split(' ')[index % 21]! + (index % 21 === 20 ? '\n' : ' ')).join('')

async function fill(database: Database): Promise<void> {
  await database.customer.create({ data: { id: 'customer', name: 'Ann Lee' } })
  const numbers = `generate_series(1, ${examples}) AS n`
  const prompt = JSON.stringify([
    { role: 'system', content: text(150) },
    { role: 'user', content: `${text(750)} ann@mail.example, order #48213, +49 30 1234567` },
  ])
  await database.$executeRawUnsafe(`INSERT INTO "Conversation" ("id", "customerId", "updatedAt") SELECT 'c' || n, 'customer', now() FROM ${numbers}`)
  await database.$executeRawUnsafe(
    `INSERT INTO "Message" ("id", "conversationId", "position", "kind", "text", "customerId") SELECT 'm' || n, 'c' || n, 1, 'CUSTOMER', 'x', 'customer' FROM ${numbers}`,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "Draft" ("id", "conversationId", "turnMessageId", "status", "text", "prompt") SELECT 'd' || n, 'c' || n, 'm' || n, 'SENT', 'x', $1::jsonb FROM ${numbers}`,
    prompt,
  )
  await database.$executeRawUnsafe(
    `INSERT INTO "TrainingExample" ("id", "draftId", "conversationId", "state", "intent", "question", "originalResponse", "correction", "updatedAt")
      SELECT 'e' || lpad(n::text, 8, '0'), 'd' || n, 'c' || n, 'APPROVED', 'returns', $1 || n, $2, 'Hi Ann, ' || $3 || n, now() FROM ${numbers}`,
    `I am Ann Lee. ${text(56)} `,
    text(80),
    `${text(78)} `,
  )
  // As the server does by itself after so many changes.
  await database.$executeRawUnsafe('ANALYZE')
}
