import { recordAuditEvent } from '@/lib/db/audit-events'
import { lockKey, withScope } from '@/lib/db/scope'
import { findUniversity } from '@/lib/db/universities'
import { updateUniversityNames } from '@/lib/db/university-names'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { namesFingerprint } from './get-university-settings'
import type { UniversityNamesInput } from './schema'

/**
 * Changes what the university is called on every page. What was filed keeps the name of its day.
 * @throws AppError conflict `settings_changed`
 */
export async function renameUniversity(
  actor: MemberActor,
  input: UniversityNamesInput,
  { now }: { now: Date },
): Promise<void> {
  const { universityId } = actor
  assertCan(actor, 'university.settings', { universityId })
  const { nameZh, nameEn, expected } = input
  await withScope({ universityId }, async (tx) => {
    await lockKey(tx, `university-names:${universityId}`)
    const before = await findUniversity(tx, universityId)
    if (before === null) throw new AppError('not_found', 'not_found')
    if (namesFingerprint(before) !== expected) throw new AppError('conflict', 'settings_changed')
    const after = { nameZh, nameEn }
    const fields = (['nameZh', 'nameEn'] as const).filter((field) => before[field] !== after[field])
    if (fields.length === 0) return
    await updateUniversityNames(tx, { universityId, ...after })
    await recordAuditEvent(tx, {
      actor,
      action: 'university.settings_changed',
      subject: { kind: 'university', id: universityId },
      data: { changed: Object.fromEntries(fields.map((field) => [field, { from: before[field], to: after[field] }])) },
      occurredAt: now,
    })
  })
}
