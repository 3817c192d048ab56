import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type Connection, connect, MatchQuery, makeArrowTable, type Table } from '@lancedb/lancedb'
import type { Logger } from '../lib/logger.ts'
import { chunkSchema, foldNewRows, hasSchema, indexVectors, unindexedRows } from './lance-table.ts'
import { type ChunkFilter, type ChunkHit, type IndexedChunk, type VectorStore, VectorStoreUnavailableError } from './vectors.ts'

export interface LanceVectorsOptions {
  /** A folder, or s3://bucket/path. */
  uri: string
  dimensions: number
  logger: Logger
}

const tableName = 'chunks'
const openTimeoutMs = 8_000
const searchTimeoutMs = 5_000
const longestPauseMs = 10_000

/** Opens what is there and never throws: a store that cannot be used says so in `state()`, and is tried again when it is next needed. */
export async function openLanceVectors(options: LanceVectorsOptions): Promise<VectorStore> {
  const store = new LanceVectors(options)
  await store.articleVersions().catch(() => {})
  return store
}

class LanceVectors implements VectorStore {
  readonly #options: LanceVectorsOptions
  #table: Table | null = null
  #opening: Promise<Table> | null = null
  #failure: { error: VectorStoreUnavailableError; at: number; pauseMs: number } | null = null
  #isRebuilding = false
  // One writer at a time: a stale handle that merges makes duplicate ids (lancedb#3377).
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: LanceVectorsOptions) {
    this.#options = options
  }

  vectorSearch(vector: Float32Array, { limit, filter = {} }: { limit: number; filter?: ChunkFilter }): Promise<ChunkHit[]> {
    if (vector.length !== this.#options.dimensions)
      throw new TypeError(`A vector of ${vector.length} numbers was asked of an index of ${this.#options.dimensions}.`)
    return this.#use(async (table) => {
      // ef and refine only matter once there is an HNSW index; with them it answers as the exact scan does.
      const query = table
        .query()
        .nearestTo(vector)
        .distanceType('cosine')
        .ef(Math.max(100, limit * 2))
        .refineFactor(5)
        .limit(limit)
      const rows = await withFilter(query, filter).select(['id', 'articleId', '_distance']).toArray({ timeoutMs: searchTimeoutMs })
      return rows.map((row): ChunkHit => ({ id: row.id, articleId: row.articleId, score: 1 - row._distance }))
    })
  }

  keywordSearch(text: string, { limit, filter = {} }: { limit: number; filter?: ChunkFilter }): Promise<ChunkHit[]> {
    return this.#use(async (table) => {
      // LanceDB stops at `limit` among rows that are not indexed yet before it ranks them: without room for all of them, the best can be missing.
      const room = limit + (await unindexedRows(table))
      const query = table.query().fullTextSearch(new MatchQuery(text, 'content')).limit(room)
      const rows = await withFilter(query, filter).select(['id', 'articleId', '_score']).toArray({ timeoutMs: searchTimeoutMs })
      const hits = rows.map((row): ChunkHit => ({ id: row.id, articleId: row.articleId, score: row._score }))
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
      await this.#fold(table)
    })
  }

  async rebuild(chunks: AsyncIterable<IndexedChunk[]>): Promise<void> {
    await this.#inTurn(async () => {
      this.#isRebuilding = true
      try {
        const table = await this.#createTable()
        for await (const batch of chunks) if (batch.length > 0) await table.add(this.#rows(batch))
        await foldNewRows(table)
        this.#table = table
        this.#failure = null
      } catch (error) {
        throw this.#lose(error)
      } finally {
        this.#isRebuilding = false
      }
    })
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

  state(): { status: 'ready' | 'unavailable'; detail: string } {
    if (this.#isRebuilding) return { status: 'unavailable', detail: 'the index is being rebuilt from PostgreSQL' }
    return this.#failure ? { status: 'unavailable', detail: this.#failure.error.message } : { status: 'ready', detail: this.#options.uri }
  }

  async close(): Promise<void> {
    await this.#lastWrite
    this.#table?.close()
    this.#table = null
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
    return this.#inTurn(() => this.#use(work))
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
        this.#connect().then((connection) => connection.openTable(tableName)),
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

  async #createTable(): Promise<Table> {
    const schema = chunkSchema(this.#options.dimensions)
    const connection = await withinTime(openTimeoutMs, this.#connect())
    const exists = (await connection.tableNames()).includes(tableName)
    if (!exists) return connection.createEmptyTable(tableName, schema)
    try {
      return await connection.createEmptyTable(tableName, schema, { mode: 'overwrite' })
    } catch (error) {
      // Too damaged to be written over. Nothing in it is lost with it, but somebody may want to know what happened.
      this.#options.logger.warn({ reason: String(error) }, 'moving a damaged search index aside')
      if (isRemote(this.#options.uri)) await connection.dropTable(tableName)
      else await rename(join(this.#options.uri, `${tableName}.lance`), join(this.#options.uri, `${tableName}.damaged-${Date.now()}`))
      return connection.createEmptyTable(tableName, schema)
    }
  }

  #lose(error: unknown): VectorStoreUnavailableError {
    const known = error instanceof VectorStoreUnavailableError ? error : describe(error, this.#options.uri)
    if (!this.#failure) this.#options.logger[known.needsRebuild ? 'info' : 'warn']({ reason: known.message }, 'vector store unavailable')
    const pauseMs = Math.min(longestPauseMs, this.#failure ? this.#failure.pauseMs * 2 : 250)
    this.#failure = { error: known, at: Date.now(), pauseMs }
    this.#table = null
    return known
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
  const isUnreachable = /unable to create|permission denied|read-only|no space|timed? ?out|no answer within|connect|region|credential|dispatch/i.test(
    reason,
  )
  return new VectorStoreUnavailableError(`The search index in ${uri} cannot be used: ${reason}.`, { needsRebuild: !isUnreachable, cause: error })
}
