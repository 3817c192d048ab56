import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Connection, connect, MatchQuery, makeArrowTable, type Table } from '@lancedb/lancedb'
import type { Float32, Vector } from 'apache-arrow'
import type { Logger } from '../lib/logger.ts'
import { chunkSchema, foldNewRows, hasSchema, indexVectors, residentLimit, unindexedRows } from './lance-table.ts'
import { type ResidentRow, ResidentRows } from './resident-rows.ts'
import {
  type ChunkFilter,
  type ChunkHit,
  type IndexedChunk,
  type IndexState,
  type SearchOptions,
  type VectorIndex,
  VectorStoreUnavailableError,
} from './vectors.ts'

export interface LanceIndexOptions {
  /** A folder, or s3://bucket/path. */
  uri: string
  tableName: string
  dimensions: number
  /** Other processes write it too. */
  isShared: boolean
  logger: Logger
}

// HNSW asks for so many times the hits and sorts them by their exact vectors; measured by `npm run bench -- vectors`.
const refineFactor = 2
const smallestEf = 150
const columns = ['id', 'articleId', 'kind', 'vector', 'fineVectors']
const mostAttempts = 10
const conflictPauseMs = 50
// So many rows are written in one commit when an index is rebuilt: nobody sees half of it.
const rowsOfOneCommit = 20_000
const lookEveryMs = 1_000
const countEveryMs = 10_000
const openTimeoutMs = 8_000
const searchTimeoutMs = 5_000
const longestPauseMs = 10_000

/** One table. It opens when it is first used; one that cannot be used says so in `state()`, and is tried again when it is next needed. */
export class LanceIndex implements VectorIndex {
  readonly #options: LanceIndexOptions
  #table: Table | null = null
  #opening: Promise<Table> | null = null
  #failure: { error: VectorStoreUnavailableError; at: number; pauseMs: number } | null = null
  #isRebuilding = false
  #largeUntil = 0
  #loading: Promise<ResidentRows | null> | null = null
  #resident: { rows: ResidentRows; version: number; lookedAt: number } | null = null
  // One writer at a time: a stale handle that merges makes duplicate ids (lancedb#3377).
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: LanceIndexOptions) {
    this.#options = options
  }

  vectorSearch(vector: Float32Array, { limit, filter = {}, isExact = false }: SearchOptions): Promise<ChunkHit[]> {
    if (vector.length !== this.#options.dimensions)
      throw new TypeError(`A vector of ${vector.length} numbers was asked of an index of ${this.#options.dimensions}.`)
    return this.#use(async (table) => {
      const resident = await this.#residentRows(table)
      if (resident) return resident.vectorSearch(vector, { limit, filter })
      const nearest = table.query().nearestTo(vector).distanceType('cosine').limit(limit)
      // LanceDB refuses an `ef` below what it has to find.
      const query = isExact ? nearest.bypassVectorIndex() : nearest.ef(Math.max(smallestEf, limit * refineFactor)).refineFactor(refineFactor)
      const rows = await withFilter(query, filter)
        .select([...columns, '_distance'])
        .toArray({ timeoutMs: searchTimeoutMs })
      return rows.map((row) => hitOf(row, 1 - row._distance))
    })
  }

  keywordSearch(text: string, { limit, filter = {} }: SearchOptions): Promise<ChunkHit[]> {
    return this.#use(async (table) => {
      const resident = await this.#residentRows(table)
      if (resident) return resident.keywordSearch(text, { limit, filter })
      // LanceDB stops at `limit` among rows that are not indexed yet before it ranks them: without room for all of them, the best can be missing.
      const room = limit + (await unindexedRows(table))
      const query = table.query().fullTextSearch(new MatchQuery(text, 'content')).limit(room)
      const rows = await withFilter(query, filter)
        .select([...columns, '_score'])
        .toArray({ timeoutMs: searchTimeoutMs })
      const hits = rows.map((row) => hitOf(row, row._score))
      return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit)
    })
  }

  replaceArticles(articleIds: string[], chunks: IndexedChunk[]): Promise<void> {
    if (articleIds.length === 0) return Promise.resolve()
    const theirs = `articleId IN (${articleIds.map(quoted).join(', ')})`
    return this.#write(async (table) => {
      await table.checkoutLatest()
      if (chunks.length === 0) {
        await table.delete(theirs)
      } else {
        // One commit: nobody sees an article without its chunks.
        const merge = table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().whenNotMatchedBySourceDelete({ where: theirs })
        await merge.execute(this.#rows(chunks))
      }
      this.#resident?.rows.replaceArticles(articleIds, chunks)
      await this.#fold(table)
    })
  }

  async rebuild(chunks: AsyncIterable<IndexedChunk[]>): Promise<void> {
    await this.#inTurn(async () => {
      this.#isRebuilding = true
      try {
        const table = await this.#fill(chunks)
        await foldNewRows(table)
        this.#table = table
        this.#resident = null
        this.#largeUntil = 0
        this.#failure = null
      } catch (error) {
        throw this.#lose(error)
      } finally {
        this.#isRebuilding = false
      }
    })
  }

  async #fill(chunks: AsyncIterable<IndexedChunk[]>): Promise<Table> {
    let table: Table | null = null
    let waiting: IndexedChunk[] = []
    for await (const batch of chunks) {
      waiting.push(...batch)
      if (waiting.length < rowsOfOneCommit) continue
      if (table) await table.add(this.#rows(waiting))
      else table = await this.#createTable(waiting)
      waiting = []
    }
    if (!table) return this.#createTable(waiting)
    if (waiting.length > 0) await table.add(this.#rows(waiting))
    return table
  }

  /** Gives the memory back; the rows are read again when somebody searches. */
  rest(): void {
    this.#resident = null
  }

  articleVersions(): Promise<Map<string, { version: number; chunks: number }>> {
    return this.#use(async (table) => {
      const versions = new Map<string, { version: number; chunks: number }>()
      for (const { articleId, articleVersion } of await table.query().select(['articleId', 'articleVersion']).toArray({ timeoutMs: 60_000 })) {
        const known = versions.get(articleId)
        // Chunks of two versions of one article are no version at all: they must not pass for a good copy.
        if (known) versions.set(articleId, { version: known.version === articleVersion ? articleVersion : -1, chunks: known.chunks + 1 })
        else versions.set(articleId, { version: articleVersion, chunks: 1 })
      }
      return versions
    })
  }

  optimize(): Promise<void> {
    return this.#write(async (table) => {
      await table.checkoutLatest()
      await foldNewRows(table)
      await indexVectors(table)
    })
  }

  state(): IndexState {
    if (this.#isRebuilding) return { status: 'unavailable', detail: 'the index is being rebuilt from PostgreSQL' }
    return this.#failure ? { status: 'unavailable', detail: this.#failure.error.message } : { status: 'ready', detail: this.#options.uri }
  }

  async close(): Promise<void> {
    await this.#lastWrite
    this.#table?.close()
    this.#table = null
    this.#resident = null
    this.#failure = { error: new VectorStoreUnavailableError('The vector store is closed.'), at: Date.now(), pauseMs: Number.POSITIVE_INFINITY }
  }

  async #use<Result>(work: (table: Table) => Promise<Result>): Promise<Result> {
    if (this.#isRebuilding)
      throw new VectorStoreUnavailableError('The search index is being rebuilt from PostgreSQL. Keyword search in the database answers until then.')
    const table = this.#table ?? (await this.#open())
    try {
      return await work(table)
    } catch (error) {
      throw this.#lose(error)
    }
  }

  #write(work: (table: Table) => Promise<void>): Promise<void> {
    return this.#inTurn(() => this.#use((table) => this.#withRetries(table, work)))
  }

  // Two replicas may commit at the same moment: LanceDB refuses one of them, and that is no damage.
  async #withRetries(table: Table, work: (table: Table) => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work(table)
      } catch (error) {
        if (attempt === mostAttempts || !isConflict(error)) throw error
        await wait(attempt * conflictPauseMs * (0.5 + Math.random()))
        await table.checkoutLatest()
      }
    }
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#lastWrite.then(work)
    this.#lastWrite = done.catch(() => {})
    return done
  }

  #open(): Promise<Table> {
    if (this.#failure && Date.now() - this.#failure.at < this.#failure.pauseMs) throw this.#failure.error
    this.#opening ??= this.#openTable().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #openTable(): Promise<Table> {
    try {
      const table = await withinTime(
        openTimeoutMs,
        this.#connect().then((connection) => connection.openTable(this.#options.tableName)),
      )
      if (!(await hasSchema(table, this.#options.dimensions))) {
        throw new VectorStoreUnavailableError('The search index was made for another embedding model or version.', { needsRebuild: true })
      }
      if (this.#failure) this.#options.logger.info('vector store is back')
      this.#failure = null
      this.#table = table
      return table
    } catch (error) {
      throw this.#lose(error)
    }
  }

  // Interval 0: each search sees what any replica has written, for a look at the newest manifest. A deleted folder is noticed by it too.
  #connect(): Promise<Connection> {
    return connect(this.#options.uri, { readConsistencyInterval: 0 })
  }

  async #createTable(chunks: IndexedChunk[]): Promise<Table> {
    const { uri, tableName, dimensions, logger } = this.#options
    const connection = await withinTime(openTimeoutMs, this.#connect())
    const create = (mode: 'create' | 'overwrite') =>
      chunks.length === 0
        ? connection.createEmptyTable(tableName, chunkSchema(dimensions), { mode })
        : connection.createTable(tableName, this.#rows(chunks), { mode })
    if (!(await connection.tableNames()).includes(tableName)) return create('create')
    try {
      return await create('overwrite')
    } catch (error) {
      // Too damaged to be written over. Nothing in it is lost with it, but somebody may want to know what happened.
      logger.warn({ reason: String(error) }, 'moving a damaged search index aside')
      if (isRemote(uri)) await connection.dropTable(tableName)
      else await rename(join(uri, `${tableName}.lance`), join(uri, `${tableName}.damaged-${Date.now()}`))
      return create('create')
    }
  }

  #lose(error: unknown): VectorStoreUnavailableError {
    const known = error instanceof VectorStoreUnavailableError ? error : describe(error, this.#options.uri)
    if (!this.#failure) this.#options.logger[known.needsRebuild ? 'info' : 'warn']({ reason: known.message }, 'vector store unavailable')
    const pauseMs = Math.min(longestPauseMs, this.#failure ? this.#failure.pauseMs * 2 : 250)
    this.#failure = { error: known, at: Date.now(), pauseMs }
    this.#table = null
    this.#resident = null
    return known
  }

  /** The rows of a small index in memory; null for a large one. */
  async #residentRows(table: Table): Promise<ResidentRows | null> {
    const resident = this.#resident
    if (Date.now() < this.#largeUntil) return null
    if (!resident) return this.#loadResident(table)
    if (resident.rows.size > residentLimit) {
      this.#resident = null
      return null
    }
    // What another replica wrote, and that somebody deleted the folder, is seen within a second; a search does not wait for the look at it.
    if (Date.now() - resident.lookedAt > lookEveryMs) {
      resident.lookedAt = Date.now()
      table
        .version()
        .then((version) => (version === resident.version || !this.#options.isShared ? undefined : this.#loadResident(table)))
        .catch((error: unknown) => void this.#lose(error))
    }
    return resident.rows
  }

  #loadResident(table: Table): Promise<ResidentRows | null> {
    this.#loading ??= this.#readResident(table).finally(() => {
      this.#loading = null
    })
    return this.#loading
  }

  async #readResident(table: Table): Promise<ResidentRows | null> {
    if ((await table.countRows()) > residentLimit) {
      this.#largeUntil = Date.now() + countEveryMs
      return null
    }
    // The writer puts its rows in as it writes them: between reading and keeping none may come.
    await this.#inTurn(async () => {
      const version = await table.version()
      const rows = await table
        .query()
        .select([...columns, 'content', 'category', 'audience', 'locale'])
        .toArray({ timeoutMs: 60_000 })
      this.#resident = { rows: await ResidentRows.of(rows.map(residentRow)), version, lookedAt: Date.now() }
    })
    return this.#resident?.rows ?? null
  }

  // The rows are safely written; an index that lags behind only makes the keyword search slower.
  async #fold(table: Table): Promise<void> {
    try {
      const isLater = await foldNewRows(table, { isHurried: true })
      if (isLater) void this.#write(async (later) => void (await foldNewRows(later))).catch(() => {})
    } catch (error) {
      this.#options.logger.warn({ reason: String(error) }, 'search index not folded')
    }
  }

  #rows(chunks: IndexedChunk[]) {
    return makeArrowTable(chunks as unknown as Record<string, unknown>[], { schema: chunkSchema(this.#options.dimensions) })
  }
}

/** A cell of a list column is a view into the whole column: its numbers are copied at once, not one by one. */
const floatsOf = (cell: Vector<Float32> | null | undefined): Float32Array | null => (cell ? Float32Array.from(cell.toArray() as Float32Array) : null)
const bytesOf = (cell: Uint8Array | null | undefined): Uint8Array | null => (cell ? Uint8Array.from(cell) : null)

const hitOf = (row: Record<string, never>, score: number): ChunkHit => ({
  id: row.id!,
  articleId: row.articleId!,
  kind: row.kind!,
  score,
  vector: floatsOf(row.vector),
  fineVectors: bytesOf(row.fineVectors),
})

const residentRow = (row: Record<string, never>): ResidentRow => ({
  id: row.id!,
  articleId: row.articleId!,
  kind: row.kind!,
  content: row.content!,
  category: row.category!,
  audience: row.audience!,
  locale: row.locale!,
  vector: floatsOf(row.vector),
  fineVectors: bytesOf(row.fineVectors),
})

const isConflict = (error: unknown) => /commit conflict|preempted|concurrent (transaction|commit|writ)/i.test(String(error))

const isRemote = (uri: string) => /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(uri)

// SQL text knows one escape: the quote doubled.
const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`

function withFilter<Query extends { where(predicate: string): Query }>(query: Query, filter: ChunkFilter): Query {
  const conditions = (['category', 'audience', 'locale'] as const)
    .filter((column) => filter[column] !== undefined)
    .map((column) => `${column} = ${quoted(filter[column]!)}`)
  return conditions.length === 0 ? query : query.where(conditions.join(' AND '))
}

async function withinTime<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function describe(error: unknown, uri: string): VectorStoreUnavailableError {
  // LanceDB appends the Rust source path and every cause again.
  const reason = (error instanceof Error ? error.message : String(error)).split(/, \/|\n|Caused by/)[0]!.trim()
  if (/table '[^']*' was not found/i.test(reason))
    return new VectorStoreUnavailableError(`There is no search index in ${uri} yet; it is made now.`, { needsRebuild: true, cause: error })
  const isUnreachable =
    /commit conflict|preempted|too many open files|unable to create|permission denied|read-only|no space|timed? ?out|no answer within|connect|region|credential|dispatch/i.test(
      reason,
    )
  return new VectorStoreUnavailableError(`The search index in ${uri} cannot be used: ${reason}.`, { needsRebuild: !isUnreachable, cause: error })
}
