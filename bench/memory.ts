import { setTimeout as wait } from 'node:timers/promises'
import type { Measurement } from './measurement.ts'
import { startChild } from './support/child.ts'
import { removeFolder } from './support/leave-nothing.ts'
import type { PlainDatabase } from './support/plain-database.ts'
import { sampleQuestions } from './support/questions.ts'
import { residentMb } from './support/resident-memory.ts'
import { type ServerProcess, seededFolder, withSeededServer } from './support/server-process.ts'
import { openAbout, writeDraft } from './support/write-drafts.ts'

const drafts = 300
const restMs = 5_000

export async function measureMemory(): Promise<Measurement> {
  const plainMb = await plainDatabaseMb()
  return withSeededServer({}, async (server) => {
    const questions = sampleQuestions()
    let asked = 0
    const draft = async (count: number) => {
      // Distinct to the end: a question that comes again is answered from the embedder's memory.
      for (const end = asked + count; asked < end; asked++)
        await writeDraft(server.client, await openAbout(server.client, `${questions[asked % questions.length]} (${asked})`))
    }
    await draft(1)
    const first = await atRest(server)
    await draft(100)
    const warm = await atRest(server)
    await draft(drafts - 101)
    const last = await atRest(server)
    return {
      title: 'Memory of the server, resident',
      conditions: `with the model loaded and the sample data, ${restMs / 1000} s after the last draft`,
      reference: 'a process with nothing but PGlite and Prisma’s client on the same data, after two queries',
      rows: [
        { what: 'after 1 draft', unit: 'MB', measured: first, reference: plainMb, target: { atMost: 900 } },
        { what: `after ${drafts} drafts`, unit: 'MB', measured: last, reference: null, target: { atMost: 900 } },
      ],
      notes: [`after 101 drafts ${warm.toFixed(0)} MB; the ${drafts - 101} after that added ${(last - warm).toFixed(0)} MB`],
    }
  })
}

async function atRest({ pid }: ServerProcess): Promise<number> {
  await wait(restMs)
  return residentMb(pid)
}

async function plainDatabaseMb(): Promise<number> {
  const folder = await seededFolder()
  const child = startChild<PlainDatabase>('./plain-database.ts')
  try {
    await child.ask('open', folder)
    await wait(restMs)
    return residentMb(child.pid)
  } finally {
    await child.ask('close').catch(() => {})
    await child.stop()
    removeFolder(folder)
  }
}
