import { z } from 'zod'
import { linkSealContext } from './link-attempts'
import type { Tx } from './scope'
import { syncTokenContext } from './sync-runs'
import { CONNECTION_KINDS, type ConnectionKind } from './university-connections'

/** A sealed text and what it is sealed for. */
export type SealedSecret = { sealed: string; context: string }

const passingSchema = z.object({
  holder: z.enum(['link_attempt.token', 'link_attempt.verifier', 'sync_run.token']),
  row_id: z.string(),
  sealed: z.string(),
})

/** A secret of a linking or a sync under way, where it stands. */
export type PassingSecret = SealedSecret & { holder: z.infer<typeof passingSchema>['holder']; rowId: string }
export type PassingPlace = Pick<PassingSecret, 'holder' | 'rowId'>

/** A page of what linkings and syncs hold sealed with another key than the present one. The scope is the operator's. */
export async function listPassingSecrets(
  tx: Tx,
  query: { presentKeyId: string; after: PassingPlace | null; limit: number },
): Promise<PassingSecret[]> {
  const { after } = query
  const rows = await tx.$queryRaw<unknown[]>`
    select holder, row_id::text, sealed from passing_secrets(${query.presentKeyId}, ${after?.holder ?? ''},
      ${after?.rowId ?? '00000000-0000-0000-0000-000000000000'}::uuid, ${query.limit}::int)`
  return z
    .array(passingSchema)
    .parse(rows)
    .map(({ holder, row_id: rowId, sealed }) => ({ holder, rowId, sealed, context: contextOf(holder, rowId) }))
}

function contextOf(holder: PassingSecret['holder'], rowId: string): string {
  switch (holder) {
    case 'link_attempt.token':
      return linkSealContext(rowId, 'token')
    case 'link_attempt.verifier':
      return linkSealContext(rowId, 'verifier')
    case 'sync_run.token':
      return syncTokenContext(rowId)
  }
}

/** Puts another sealing of the same secret in its place; false where it was used up meanwhile. */
export async function exchangePassingSecret(tx: Tx, secret: PassingSecret, becomes: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    select exchange_passing_secret(${secret.holder}, ${secret.rowId}::uuid, ${secret.sealed}, ${becomes}) as exchanged`
  return z.tuple([z.object({ exchanged: z.boolean() })]).parse(rows)[0].exchanged
}

/** A secret of a university's connection. */
export type ConnectionSecret = { kind: ConnectionKind; sealed: string }

/** What a university's connections hold sealed; a handful. The scope is the university's. */
export async function listConnectionSecrets(tx: Tx, universityId: string): Promise<ConnectionSecret[]> {
  const rows = await tx.universityConnection.findMany({
    where: { universityId, secretSealed: { not: null } },
    select: { kind: true, secretSealed: true },
    orderBy: { kind: 'asc' },
  })
  return rows.flatMap(({ kind, secretSealed }) => {
    const known = CONNECTION_KINDS.find((one) => one === kind)
    return known && secretSealed !== null ? [{ kind: known, sealed: secretSealed }] : []
  })
}

/** As {@link exchangePassingSecret}; when the connection was set up stays as it was. */
export async function exchangeConnectionSecret(
  tx: Tx,
  secret: ConnectionSecret & { universityId: string },
  becomes: string,
): Promise<boolean> {
  const { universityId, kind, sealed } = secret
  const { count } = await tx.universityConnection.updateMany({
    where: { universityId, kind, secretSealed: sealed },
    data: { secretSealed: becomes },
  })
  return count === 1
}
