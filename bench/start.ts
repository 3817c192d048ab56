import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Measurement } from './measurement.ts'
import { median } from './statistics.ts'
import { removeFolder, temporaryFolder } from './support/leave-nothing.ts'
import { root, seededFolder, startServerProcess } from './support/server-process.ts'

const rounds = 3

export async function measureStart(): Promise<Measurement> {
  const cold: number[] = []
  const warm: number[] = []
  const warmSeeded: number[] = []
  const node: number[] = []
  const pgliteCold: number[] = []
  const pgliteWarm: number[] = []
  const seeded = await seededFolder()
  for (let round = 0; round < rounds; round++) {
    const folder = temporaryFolder()
    cold.push(await readySeconds(folder))
    warm.push(await readySeconds(folder))
    warmSeeded.push(await readySeconds(seeded))
    removeFolder(folder)
    const other = temporaryFolder()
    node.push(await evalSeconds('0'))
    const openPglite = `const { PGlite } = await import('@electric-sql/pglite'); await PGlite.create(${JSON.stringify(other)})`
    pgliteCold.push(await evalSeconds(`${openPglite}; process.exit()`))
    pgliteWarm.push(await evalSeconds(`${openPglite}; process.exit()`))
    removeFolder(other)
  }
  removeFolder(seeded)
  return {
    title: 'Start to ready',
    conditions: `from the start of the process to its "ready" line; the median of ${rounds}`,
    reference: `a process that only opens PGlite (node alone takes ${median(node).toFixed(2)} s)`,
    rows: [
      { what: 'on an empty folder', unit: 's', measured: median(cold), reference: median(pgliteCold), target: { atMost: 5 } },
      { what: 'the second time', unit: 's', measured: median(warm), reference: median(pgliteWarm), target: { atMost: 2 } },
      { what: 'with the sample data', unit: 's', measured: median(warmSeeded), reference: null, target: { atMost: 2 } },
    ],
  }
}

async function readySeconds(dataDir: string): Promise<number> {
  const server = await startServerProcess({ dataDir })
  await server.stop()
  return server.readyMs / 1000
}

async function evalSeconds(script: string): Promise<number> {
  const startedAt = performance.now()
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: root })
  return (performance.now() - startedAt) / 1000
}
