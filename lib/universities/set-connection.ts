import { seal } from '@/lib/config/sealing'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { withScope } from '@/lib/db/scope'
import {
  type ConnectionKind,
  connectionSealContext,
  findConnection,
  saveConnection,
} from '@/lib/db/university-connections'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'

export type SetConnectionInput = {
  kind: ConnectionKind
  /** As whoever uses the connection reads it; checked by the caller. */
  settings: Readonly<Record<string, unknown>>
  secret: string
}

/**
 * Sets up, or changes, how a university is reached: its sign-in, its GitHub App or its token at another platform. The secret is sealed.
 * @throws AppError forbidden `break_glass_reason_required`
 */
export async function setConnection(
  actor: OperatorActor,
  { kind, settings, secret }: SetConnectionInput,
  { now }: { now: Date } = { now: new Date() },
): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'university.settings', { universityId })
  if (universityId === null) throw new AppError('not_found', 'university_not_found')
  const key = { universityId, kind }
  await withScope({ universityId }, async (tx) => {
    const before = await findConnection(tx, key)
    const secretSealed = seal(secret, connectionSealContext(key))
    await saveConnection(tx, { ...key, settings: JSON.parse(JSON.stringify(settings)), secretSealed, updatedAt: now })
    await recordAuditEvent(tx, {
      actor,
      action: 'university.settings_changed',
      subject: { kind: 'university', id: universityId },
      data: { changed: { [kind]: { from: before?.settings ?? null, to: { ...settings } } } },
      occurredAt: now,
    })
  })
}
