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
 * its command downloads. The caller frees it.
 */
export async function openEngine(connectionString: string): Promise<SchemaEngine> {
  await load()
  const factory = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(connectionString))
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
}

/**
 * The stock adapter splits a script at every semicolon, also inside a function's body. PostgreSQL takes a script
 * whole, and then in one transaction: a migration that fails leaves nothing of itself behind.
 */
class WholeScripts extends PrismaPg {
  readonly #connectionString: string

  constructor(config: { connectionString: string; max: number }) {
    super(config)
    this.#connectionString = config.connectionString
  }

  override async connect() {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: this.#connectionString })
      await client.connect()
      try {
        await client.query(script)
      } finally {
        await client.end()
      }
    }
    return adapter
  }
}

let loading: Promise<void> | undefined

function load(): Promise<void> {
  loading ??= instantiate()
  return loading
}

/** Done by hand: the package's own entry imports the .wasm as a module, which not every runtime can. */
async function instantiate(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = readFileSync(join(dirname(script), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } })
  const { __wbg_set_wasm: setWasm }: { __wbg_set_wasm?: unknown } = { ...bindings }
  if (typeof setWasm !== 'function') throw new Error('@prisma/schema-engine-wasm has changed its loader')
  setWasm(instance.exports)
  const start = instance.exports.__wbindgen_start
  if (typeof start === 'function') start()
}
