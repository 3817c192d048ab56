import type { ChunkFilter } from '../../stores/vectors.ts'
import { checkText, limits } from '../checked-input.ts'
import { type Retrieval, type RetrieveNeeds, retrieve } from './retrieve.ts'
import type { SearchMode } from './search-chunks.ts'

type Given<Type> = { [Key in keyof Type]?: Type[Key] | null | undefined }

/** A search that a person typed. */
export async function searchKnowledge(
  resources: RetrieveNeeds,
  { query, limit, mode, ...filter }: { query: string; limit: number; mode?: SearchMode | null } & Given<ChunkFilter>,
): Promise<Retrieval> {
  const text = checkText('query', query, { maximum: limits.query })
  const within = await spellCategory(resources, checkFilter(filter))
  // Punctuation alone is near to everything and says nothing.
  if (!/[\p{L}\p{N}]/u.test(text)) return nothingFound(text, mode ?? 'HYBRID')
  return retrieve(resources, { queries: [text.trim()], limit, mode: mode ?? 'HYBRID', filter: within })
}

function checkFilter(filter: Given<ChunkFilter>): ChunkFilter {
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, checkText(name, String(value), { maximum: limits.name }).trim()]))
}

/** The index compares exactly; people write "returns" for Returns. */
async function spellCategory({ database }: RetrieveNeeds, filter: ChunkFilter): Promise<ChunkFilter> {
  if (filter.category === undefined) return filter
  const rows = await database.$queryRaw<{ category: string }[]>`
    SELECT "category" FROM "Article" WHERE lower("category") = lower(${filter.category}) ORDER BY "category" <> ${filter.category}, "category" LIMIT 1`
  return { ...filter, category: rows[0]?.category ?? filter.category }
}

const nothingFound = (query: string, mode: SearchMode): Retrieval => ({
  mode,
  degraded: false,
  degradedParts: [],
  queries: [query],
  tookMs: 0,
  backgroundSimilarity: null,
  hits: [],
})
