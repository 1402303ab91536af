import { recordAuditEvent } from '@/lib/db/audit-events'
import { decideMaintainerRequest, findMaintainerRequest } from '@/lib/db/maintainer-requests'
import { withScope } from '@/lib/db/scope'
import type { OperatorActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { writeSharedEntry } from './change-shared-entry'
import type { DecideOptOutInput } from './schema'

/**
 * Answers a maintainer's request. Granted, the shared base says that the repository opted out, with the reason that students
 * read, and live claims are looked at again everywhere; refused, the catalog stays. Who asked reads the reason either way.
 * @throws AppError not_found `opt_out_not_found`; conflict `opt_out_decided`
 */
export async function decideOptOut(
  actor: OperatorActor,
  { requestId, state, reason }: DecideOptOutInput,
  { now }: { now: Date },
): Promise<{ fullName: string }> {
  assertCan(actor, 'catalog.share', {})
  return withScope({ operator: true }, async (tx) => {
    const request = await findMaintainerRequest(tx, requestId)
    if (request === null) throw new AppError('not_found', 'opt_out_not_found')
    const isDecided = await decideMaintainerRequest(tx, requestId, { state, by: actor.name, reason, now })
    if (!isDecided) throw new AppError('conflict', 'opt_out_decided')
    const { platform, owner, name } = request
    const fullName = `${owner}/${name ?? '*'}`
    if (state === 'granted') {
      await writeSharedEntry(tx, { actor, change: { platform, owner, name, status: 'opted_out', reason }, now })
    }
    await recordAuditEvent(tx, {
      actor,
      action: state === 'granted' ? 'catalog.opt_out_granted' : 'catalog.opt_out_refused',
      subject: { kind: 'maintainer_request', id: requestId },
      data: { platform, fullName },
      occurredAt: now,
    })
    return { fullName }
  })
}
