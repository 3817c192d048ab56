import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const require = createRequire(import.meta.url)
const schemaUrl = new URL('./schema.prisma', import.meta.url)

/** The SQL that takes `database` to prisma/schema.prisma; empty when it is there already. Prisma's own diff, run in process as WebAssembly. */
export async function migrationDiff(database: PGlite): Promise<string> {
  const engine = await openSchemaEngine(database)
  const files = [{ path: 'schema.prisma', content: await readFile(schemaUrl, 'utf8') }]
  const { stdout } = await engine.diff({
    // The datasource of the schema is the adapter that the engine was opened with.
    from: { tag: 'schemaDatasource', files, configDir: '' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
  })
  const sql = stdout?.trim() ?? ''
  return sql.includes('This is an empty migration') ? '' : sql
}

// The package's entry point imports its .wasm, which Node cannot do; so instantiate it by hand.
async function openSchemaEngine(database: PGlite) {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasmPath = require.resolve('@prisma/schema-engine-wasm').replace('schema_engine.js', 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(wasmPath), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database) as never))
}
