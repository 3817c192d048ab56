import type { Resources } from '../../resources.ts'
import type { ChunkFilter } from '../../stores/vectors.ts'
import { chunkScores } from './fuse-signals.ts'
import { loadChunks, loadFirstSections } from './load-articles.ts'
import type { RetrievedArticle } from './retrieve.ts'
import type { Candidate, ChunkSignals } from './score-candidates.ts'

const chunksPerArticle = 3
const nearlyAsGood = 0.85
// The index may still hold an article that was deleted, unpublished or moved a moment ago.
const spare = 2

interface Found {
  articleId: string
  score: number
  /** Best first. */
  chunks: Candidate[]
  /** Ids of the sections that are shown. */
  sections: string[]
}

/** The best articles with their rows, and how each was found. */
export async function loadHits(
  { database, generations }: Pick<Resources, 'database' | 'generations'>,
  {
    candidates,
    fused,
    weights,
    limit,
    filter,
  }: { candidates: Candidate[]; fused: Map<string, number>; weights: number[]; limit: number; filter: ChunkFilter },
): Promise<RetrievedArticle[]> {
  const ranked = [...fused].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit + spare)
  const byArticle = Map.groupBy(candidates, ({ articleId }) => articleId)
  const found = ranked.map(([articleId, score]): Found => ({ articleId, score, ...bestOf(byArticle.get(articleId)!, weights) }))
  const chunkIds = found.flatMap(({ sections, chunks }) => (chunks[0]!.kind === 'PHRASING' ? [...sections, chunks[0]!.chunkId] : sections))
  const loaded = await loadChunks(database, { chunkIds, filter })
  // Found by a phrasing alone: then its beginning is shown.
  const withoutSection = found.filter(({ sections }) => sections.length === 0).map(({ articleId }) => articleId)
  const first = await loadFirstSections(database, { articleIds: withoutSection, generation: (await generations.live()).number })
  return found
    .flatMap(({ articleId, score, chunks, sections }): RetrievedArticle[] => {
      const closest = loaded.get(chunks[0]!.chunkId)
      const shown = sections.flatMap((id) => loaded.get(id)?.chunk ?? [])
      const chunk = shown[0] ?? first.get(articleId)
      const article = loaded.get(sections[0] ?? '')?.article ?? closest?.article
      if (!chunk || !article) return []
      const best = chunks.find(({ kind }) => kind === 'SECTION') ?? chunks[0]!
      const phrasing = isCloser(chunks[0]!, best) ? (closest?.chunk.text ?? null) : null
      return [{ articleId, article, chunk, chunks: shown.length > 0 ? shown : [chunk], score, ...highestOf(best), phrasing, rerankScore: null }]
    })
    .slice(0, limit)
}

function bestOf(candidates: Candidate[], weights: number[]): Pick<Found, 'chunks' | 'sections'> {
  const scores = chunkScores(candidates, weights)
  const scoreOf = ({ chunkId }: Candidate) => scores.get(chunkId)!
  const chunks = candidates.toSorted((a, b) => scoreOf(b) - scoreOf(a) || (a.chunkId < b.chunkId ? -1 : 1))
  const sections = chunks.filter(({ kind }) => kind === 'SECTION')
  const good = sections.slice(0, chunksPerArticle).filter((section) => scoreOf(section) >= nearlyAsGood * scoreOf(sections[0]!))
  return { chunks, sections: good.map(({ chunkId }) => chunkId) }
}

/** A phrasing explains a hit when the query is nearer to it than to what is shown. */
function isCloser(first: Candidate, shown: Candidate): boolean {
  if (first.kind !== 'PHRASING') return false
  return first === shown || (highestOf(first).similarity ?? 0) > (highestOf(shown).similarity ?? 0)
}

/** Over all queries. */
function highestOf({ signals }: Candidate): Pick<RetrievedArticle, 'similarity' | 'sentenceSimilarity' | 'articleSimilarity' | 'keywordScore'> {
  const of = (name: 'section' | 'sentence' | 'article' | 'keywordScore') => {
    const values = signals.flatMap((found: ChunkSignals) => found[name] ?? [])
    return values.length === 0 ? null : Math.max(...values)
  }
  return { similarity: of('section'), sentenceSimilarity: of('sentence'), articleSimilarity: of('article'), keywordScore: of('keywordScore') }
}
