import { isSealedWithOldKey, open, presentKeyId, SealError, seal } from '@/lib/config/sealing'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import {
  exchangeConnectionSecret,
  exchangePassingSecret,
  listConnectionSecrets,
  listPassingSecrets,
  type PassingPlace,
} from '@/lib/db/sealed-secrets'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

/** How many were sealed anew, and how many no key of the ring opens: they are lost, and have to be set up again. */
export type Resealed = { resealed: number; lost: number }

const SECRETS_A_PAGE = 100

/**
 * Seals the secrets of a university's connections with the present key, where another one sealed them. Run again it finds
 * nothing to do.
 * @throws AppError forbidden `break_glass_reason_required`
 */
export async function resealConnections(
  actor: OperatorActor,
  { now }: { now: Date } = { now: new Date() },
): Promise<Resealed> {
  const { universityId } = actor
  assertCan(actor, 'secrets.reseal', { universityId })
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  return withScope({ universityId }, async (tx) => {
    const counted = { resealed: 0, lost: 0 }
    for (const secret of await listConnectionSecrets(tx, universityId)) {
      if (!isSealedWithOldKey(secret.sealed)) continue
      const becomes = sealAnew(secret.sealed, connectionSealContext({ universityId, kind: secret.kind }))
      if (becomes === null) counted.lost += 1
      else if (await exchangeConnectionSecret(tx, { ...secret, universityId }, becomes)) counted.resealed += 1
    }
    if (counted.resealed > 0) {
      await recordAuditEvent(tx, {
        actor,
        action: 'university.secrets_resealed',
        subject: { kind: 'university', id: universityId },
        data: { secrets: counted.resealed },
        occurredAt: now,
      })
    }
    return counted
  })
}

/**
 * The same for what linkings and syncs under way hold: seconds to a day old, of persons at whichever university. Page by
 * page, each in a transaction of its own; what is used up meanwhile is left alone.
 * @throws AppError forbidden `break_glass_reason_required`
 */
export async function resealPassingSecrets(actor: OperatorActor): Promise<Resealed> {
  assertCan(actor, 'secrets.reseal')
  const counted = { resealed: 0, lost: 0 }
  let after: PassingPlace | null = null
  for (;;) {
    const page = await resealPage(after)
    counted.resealed += page.resealed
    counted.lost += page.lost
    if (page.next === null) return counted
    after = page.next
  }
}

async function resealPage(after: PassingPlace | null): Promise<Resealed & { next: PassingPlace | null }> {
  return withScope({ operator: true }, async (tx) => {
    const secrets = await listPassingSecrets(tx, { presentKeyId: presentKeyId(), after, limit: SECRETS_A_PAGE })
    const counted = { resealed: 0, lost: 0 }
    for (const secret of secrets) {
      const becomes = sealAnew(secret.sealed, secret.context)
      if (becomes === null) counted.lost += 1
      else if (await exchangePassingSecret(tx, secret, becomes)) counted.resealed += 1
    }
    return { ...counted, next: secrets.length < SECRETS_A_PAGE ? null : (secrets.at(-1) ?? null) }
  })
}

/** Null where no key of the ring opens it. */
function sealAnew(sealed: string, context: string): string | null {
  try {
    return seal(open(sealed, context), context)
  } catch (error) {
    if (error instanceof SealError) return null
    throw error
  }
}
