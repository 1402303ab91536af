import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/**
 * The pg adapter as the schema engine needs it. The stock one cuts a script at every semicolon, also inside a
 * function's body; here a script goes to PostgreSQL whole, which also makes it one transaction: a migration that
 * fails leaves nothing of itself behind. The pool has one
 * connection, since the engine's advisory lock lives in its session.
 */
export class MigrationAdapter extends PrismaPg {
  constructor(pool: pg.Pool) {
    super(readingOneByteChars(pool))
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const index of oneByteChars.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script)
      } catch (error) {
        throw error instanceof pg.DatabaseError ? asAdapterError(error) : error
      }
    }
    return adapter
  }
}

const ONE_BYTE_CHAR = 18
/** Which columns of a result were of that type, by its rows. */
const oneByteChars = new WeakMap<unknown[][], number[]>()

/**
 * PostgreSQL's catalog has columns of the one-byte type "char". The stock adapter refuses them, the engine wants
 * them as characters: they pass the adapter as text and get their type back behind it.
 */
function readingOneByteChars(pool: pg.Pool): pg.Pool {
  return new Proxy(pool, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      if (key !== 'query') return value.bind(target)
      return async (...args: unknown[]) => hideOneByteChars(await Reflect.apply(value, target, args))
    },
  })
}

function hideOneByteChars(result: unknown): unknown {
  if (!(result instanceof pg.Result)) return result
  const found = result.fields.flatMap((field, index) => (field.dataTypeID === ONE_BYTE_CHAR ? [index] : []))
  for (const field of result.fields) {
    if (field.dataTypeID === ONE_BYTE_CHAR) field.dataTypeID = pg.types.builtins.TEXT
  }
  if (found.length > 0) oneByteChars.set(result.rows, found)
  return result
}

function asAdapterError(error: pg.DatabaseError): DriverAdapterError {
  return new DriverAdapterError({
    kind: 'postgres',
    code: error.code ?? 'XX000',
    severity: error.severity ?? 'ERROR',
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
  })
}
