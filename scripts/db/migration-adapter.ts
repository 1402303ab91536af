import { PrismaPg } from '@prisma/adapter-pg'
import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/**
 * The pg adapter as the schema engine needs it. The stock one cuts a script at every semicolon, also inside a
 * function's body; here a script goes to PostgreSQL whole, which also makes it one transaction. One connection,
 * since the engine's advisory lock lives in its session.
 */
export class MigrationAdapter extends PrismaPg {
  constructor(connectionString: string) {
    super({ connectionString, max: 1, idleTimeoutMillis: 0 })
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
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
