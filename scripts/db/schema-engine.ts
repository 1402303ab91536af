import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import { MigrationAdapter } from '@/scripts/db/migration-adapter'

/**
 * Prisma's schema engine as WebAssembly on our pg connection: what `prisma migrate` does, without the binary that
 * its command downloads. The connection is closed at the end: freeing the engine alone would leave it open.
 */
export async function withEngine<T>(connectionString: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await load()
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0 })
  const factory = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(pool))
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
  try {
    return await work(engine)
  } finally {
    engine.free()
    await pool.end()
  }
}

let loading: Promise<void> | undefined

function load(): Promise<void> {
  loading ??= instantiate()
  return loading
}

/** Done by hand: the package's own entry imports the .wasm as a module, which not every runtime can. */
async function instantiate(): Promise<void> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) } })
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(join(dirname(script), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  const { __wbg_set_wasm: setWasm }: { __wbg_set_wasm?: unknown } = { ...bindings }
  if (typeof setWasm !== 'function') throw new Error('@prisma/schema-engine-wasm has changed its loader')
  setWasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
