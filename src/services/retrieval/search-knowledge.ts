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
  return retrieve(resources, { queries: [text.trim()], limit, mode: mode ?? 'HYBRID', filter: checkFilter(filter) })
}

function checkFilter(filter: Given<ChunkFilter>): ChunkFilter {
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, checkText(name, String(value), { maximum: limits.name })]))
}
