import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataFolder } from '../eval/help-center.ts'
import { LocalEmbedder } from '../src/engines/local-embedder.ts'
import { createTokenCounter } from '../src/engines/tokenizer.ts'
import { chunkArticle, embeddedText } from '../src/services/knowledge/chunk-article.ts'
import { splitSentences } from '../src/services/knowledge/split-text.ts'
import type { Measurement, Row } from './measurement.ts'
import { seededRandom, shuffled } from './statistics.ts'
import type { BareEmbedder } from './support/bare-embedder.ts'
import { startChild } from './support/child.ts'
import { root } from './support/server-process.ts'

const modelsDir = join(root, 'models')
const rounds = 5
const batchSizes = [8, 32]

export async function measureEmbed(): Promise<Measurement> {
  const embedder = new LocalEmbedder({ modelsDir })
  const bare = startChild<BareEmbedder>('./bare-embedder.ts')
  try {
    await Promise.all([embedder.embed(['Hello']), bare.ask('load', null)])
    const { sections, sentences } = helpCenterTexts()
    return {
      title: 'Embed the knowledge base',
      conditions: `through the embedder’s worker thread, in bulk; the best of ${rounds} rounds of each, in turns, on the same texts`,
      reference: `transformers.js pipeline (q8, same model files) in its own process, sorted by length, the better of batches of ${batchSizes.join(' and ')}`,
      rows: [await compare(`${sections.length} sections`, sections), await compare(`${sentences.length} sentences`, sentences)],
    }
  } finally {
    await bare.stop()
    await embedder.close()
  }

  async function compare(what: string, texts: string[]): Promise<Row> {
    let ours = Number.POSITIVE_INFINITY
    let reference = Number.POSITIVE_INFINITY
    for (let round = 0; round < rounds; round++) {
      const startedAt = performance.now()
      await embedder.embed(texts, { priority: 'bulk' })
      ours = Math.min(ours, performance.now() - startedAt)
      for (const batchSize of batchSizes) reference = Math.min(reference, await bare.ask('embedAll', { texts, batchSize }))
    }
    const perSecond = (ms: number) => (1000 * texts.length) / ms
    return { what, unit: 'per second', measured: perSecond(ours), reference: perSecond(reference), target: { atLeastShareOfReference: 0.85 } }
  }
}

/** What is embedded of each chunk of the help centre, and single sentences of it. */
function helpCenterTexts(): { sections: string[]; sentences: string[] } {
  const countTokens = createTokenCounter(modelsDir)
  const sections = readdirSync(join(dataFolder, 'help-center'))
    .sort()
    .flatMap((name) => {
      const [, frontMatter = '', body = ''] = readFileSync(join(dataFolder, 'help-center', name), 'utf8').split(/^---\n/m)
      return chunkArticle({ title: /^title: "?(.*?)"?$/m.exec(frontMatter)![1]!, body }, countTokens)
    })
  const sentences = new Set(
    sections.flatMap(({ text }) => splitSentences(text)).filter((sentence) => sentence.length >= 20 && sentence.length <= 120),
  )
  return { sections: [...new Set(sections.map(embeddedText))], sentences: shuffled([...sentences], seededRandom(1)).slice(0, 600) }
}
