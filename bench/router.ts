import { monitorEventLoopDelay } from 'node:perf_hooks'
import { readJsonLines } from '../eval/read-json-lines.ts'
import { createIntentRouter } from '../src/engines/intent-router.ts'
import type { Resources } from '../src/resources.ts'
import { readIntentExamples } from '../src/services/routing/read-intent-examples.ts'
import { seedIntents } from '../src/services/routing/seed-intents.ts'
import { trainRouter } from '../src/services/routing/train-router.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import type { Measurement, Row } from './measurement.ts'
import { percentile } from './statistics.ts'

interface Message {
  text: string
  intent: string
}

const rounds = 3
const sizes = [
  { count: 1_000, targetS: 1 },
  { count: 10_000, targetS: 20 },
]

/** How long a change of the examples takes to route, and what everything else notices of it. */
export async function measureRouter(): Promise<Measurement> {
  const { resources, close } = await openKnowledge()
  try {
    // In the order of the file the first thousand would be twenty intents; every seventh message first.
    const all = ['train', 'validation'].flatMap((part) => readJsonLines<Message>(`data/intents/clinc150-${part}.jsonl`))
    const mixed = Array.from({ length: 7 }, (_, first) => all.filter((_, index) => index % 7 === first)).flat()
    const rows: Row[] = []
    for (const { count, targetS } of sizes) {
      await store(resources, mixed.slice(0, count))
      rows.push(...(await measureTraining(resources, { count, targetS })))
    }
    return {
      title: 'Train the router',
      conditions: `CLINC150’s training and validation messages, 150 intents; from the row that changed to the head that routes: vectors read from the embedded database, trained in a thread; the best of ${rounds}`,
      reference: 'none: there is no other router here',
      rows,
      notes: ['the delay of the event loop is that of the slowest of the rounds; it counts the reading of the vectors as well'],
    }
  } finally {
    await close()
  }
}

/** Stores and embeds them: vectors are kept, and training finds them there. */
async function store(resources: Resources, messages: Message[]): Promise<void> {
  const byIntent = Map.groupBy(messages, ({ intent }) => intent)
  await seedIntents(
    resources,
    [...byIntent].map(([name, members]) => ({ name, examples: members.map(({ text }) => text) })),
  )
  await readIntentExamples({ database: resources.database, embedder: resources.embedder! })
}

async function measureTraining(resources: Resources, { count, targetS }: { count: number; targetS: number }): Promise<Row[]> {
  const examples = await resources.database.intentExample.count()
  const seconds: number[] = []
  const delays: number[] = []
  let router = createIntentRouter()
  for (let round = 0; round < rounds; round++) {
    // A router that knows nothing yet: one that holds this head would not train it again.
    router = createIntentRouter()
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    const startedAt = performance.now()
    await trainRouter({ ...resources, router })
    seconds.push((performance.now() - startedAt) / 1000)
    delay.disable()
    delays.push(delay.percentile(99) / 1e6)
  }
  const [vector] = await resources.embedder!.embed(['Where is my parcel?'])
  const routeMs = Array.from({ length: 200 }, () => {
    const startedAt = performance.now()
    router.route(vector!)
    return performance.now() - startedAt
  })
  const what = `${examples} examples`
  if (Math.abs(examples - count) > count / 50) throw new Error(`${count} messages made ${examples} examples.`)
  return [
    { what: `${what}, trained`, unit: 's', measured: Math.min(...seconds), reference: null, target: { atMost: targetS } },
    { what: `${what}, event loop delay p99`, unit: 'ms', measured: Math.max(...delays), reference: null, target: { atMost: 50 } },
    { what: `${what}, route one vector p50`, unit: 'ms', measured: percentile(routeMs, 0.5), reference: null, target: null },
  ]
}
