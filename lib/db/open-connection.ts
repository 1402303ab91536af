import { open } from '@/lib/config/sealing'
import type { Tx } from './scope'
import { type ConnectionKind, connectionSealContext, findConnection } from './university-connections'

/** A university's connection with its secret opened: to be used at once and never kept. Null where it is not set up. */
export async function findOpenConnection(
  tx: Tx,
  key: { universityId: string; kind: ConnectionKind },
): Promise<{ settings: unknown; secret: string } | null> {
  const connection = await findConnection(tx, key)
  if (connection === null || connection.secretSealed === null) return null
  return { settings: connection.settings, secret: open(connection.secretSealed, connectionSealContext(key)) }
}
