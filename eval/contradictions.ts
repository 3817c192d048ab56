// Which articles contradict each other, and which say the same? Run: node eval/contradictions.ts
// Thresholds were chosen on the development part of eval/data/contradictions.jsonl and on the sample help centre; the report part was only
// looked at. Every pair of articles of a part counts, not only those that were written as pairs. `--pairs` prints what was found in the parts.
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { indexArticles } from '../src/services/knowledge/index-articles.ts'
import { storeNewArticle } from '../src/services/knowledge/store-article.ts'
import { syncVectors } from '../src/services/knowledge/sync-vectors.ts'
import { compareArticles } from '../src/services/knowledge-health/compare-articles.ts'
import { openKnowledge } from '../test/support/open-knowledge.ts'
import { readJsonLines } from './read-json-lines.ts'

interface Text {
  title: string
  body: string
}
interface Article extends Text {
  slug: string
}

const isVerbose = process.argv.includes('--pairs')
const examples = readJsonLines<{ part: string; kind: string; id: string; first: Text; second: Text }>('eval/data/contradictions.jsonl')

for (const part of ['development', 'report']) {
  const own = examples.filter((example) => example.part === part)
  const { pairs } = await check(
    own.flatMap(({ id, first, second }) => [
      { slug: `${id}-1`, ...first },
      { slug: `${id}-2`, ...second },
    ]),
  )
  const found = pairs.filter(({ kind }) => kind === 'CONTRADICTION')
  const planted = own.filter(({ kind }) => kind === 'contradiction').map(({ id }) => id)
  const isRight = ({ first, second }: (typeof pairs)[number]) => first.slice(0, -2) === second.slice(0, -2) && planted.includes(first.slice(0, -2))
  const right = found.filter(isRight).length
  console.log(
    `${part}: ${planted.length} contradictions and ${own.length - planted.length} look-alikes planted; ${found.length} found, ${right} rightly: precision ${(right / found.length).toFixed(2)}, recall ${(right / planted.length).toFixed(2)}`,
  )
  if (isVerbose) for (const pair of found) print(pair, isRight(pair) ? '' : ' (none)')
}

const helpCenter = readHelpCenter()
const { pairs, seconds } = await check(helpCenter)
console.log(`sample help centre, ${helpCenter.length} articles, in ${seconds.toFixed(1)} s; all pairs:`)
for (const pair of pairs) print(pair)

// Copies with another title, every sixth sentence left out and some words changed.
const copied = helpCenter.filter((_, index) => index % 4 === 0)
const copies = copied.map(({ slug, title, body }) => ({
  slug: `${slug}-copy`,
  title: `More on ${title.toLowerCase()}`,
  body: body
    .split(/(?<=[.!?])\s(?=[A-Z])/)
    .filter((_, index) => index % 6 !== 5)
    .join(' ')
    .replace(/\bYou can\b/g, 'You may')
    .replace(/\bwe\b/g, 'our team'),
}))
const duplicates = (await check([...helpCenter, ...copies])).pairs.filter(({ kind }) => kind === 'DUPLICATE')
const rightly = duplicates.filter(({ first, second }) => `${first}-copy` === second || `${second}-copy` === first).length
console.log(`duplicates: ${copies.length} copies planted, ${duplicates.length} pairs found, ${rightly} of them planted`)

function print(
  { kind, first, second, score, findings }: { kind: string; first: string; second: string; score: number; findings: Record<string, string>[] },
  remark = '',
): void {
  console.log(`  ${kind} ${first} / ${second} ${score.toFixed(2)}${remark}`)
  for (const { first: one, second: other, firstValue, secondValue } of findings)
    console.log(`    ${firstValue ?? ''} | ${secondValue ?? ''}\n      ${one}\n      ${other}`)
}

async function check(articles: Article[]) {
  const { resources, close } = await openKnowledge()
  await syncVectors(resources)
  const slugs = new Map<string, string>()
  for (const { slug, title, body } of articles) {
    const content = { title, body, category: 'Eval', tags: [], audience: 'PUBLIC', locale: 'en', status: 'PUBLISHED' } as const
    const article = await resources.database.$transaction((tx) => storeNewArticle(tx, { ...content, tags: [] }, { slug, authorId: null }))
    slugs.set(article.id, slug)
  }
  await indexArticles(resources, { articleIds: [...slugs.keys()] })
  const startedAt = performance.now()
  await compareArticles(resources, { signal: new AbortController().signal })
  const seconds = (performance.now() - startedAt) / 1000
  const rows = await resources.database.articlePair.findMany({ orderBy: { score: 'desc' } })
  await close()
  return {
    seconds,
    pairs: rows.map(({ kind, firstId, secondId, score, findings }) => ({
      kind,
      first: slugs.get(firstId)!,
      second: slugs.get(secondId)!,
      score,
      findings: findings as Record<string, string>[],
    })),
  }
}

function readHelpCenter(): Article[] {
  const folder = new URL('../data/help-center/', import.meta.url)
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const [, frontMatter = '', body = ''] = readFileSync(new URL(name, folder), 'utf8').split(/^---\n/m)
      return { slug: name.replace(/\.md$/, ''), title: (parse(frontMatter) as Text).title, body }
    })
}
