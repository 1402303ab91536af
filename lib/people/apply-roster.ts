import { randomUUID } from 'node:crypto'
import { recordAuditEvent, recordAuditEvents } from '@/lib/db/audit-events'
import { addDepartments } from '@/lib/db/departments'
import { isUniqueViolation } from '@/lib/db/errors'
import { endPreview, findRosterImport, lockPreviewLines } from '@/lib/db/roster-imports'
import {
  addRosterRoles,
  assignOwnDepartments,
  listMembersByNumber,
  planForManyRows,
  type RosterRole,
  removeRosterRoles,
  writeRosterMembers,
} from '@/lib/db/roster-members'
import { lockKey, type Tx, withScope } from '@/lib/db/scope'
import { assignClaimsOfMembers } from '@/lib/db/unassigned-claims'
import { AppError } from '@/lib/domain/errors'
import { type PlanLine, planRoster } from './plan-roster'
import { changesOwnRoles } from './preview-roster'
import { type RosterActor, rosterPlace } from './roster-actor'
import { planLineSchema, type RosterSummary, rosterSummarySchema } from './roster-records'
import type { ApplyRosterInput } from './schema'

/**
 * Does what a preview said, whole or not at all. It is planned anew on the members as they are: where that comes to
 * anything else than what the admin saw, nothing is done. Members who are not in the file stay as they are.
 * @throws AppError not_found `roster_import_not_found`; conflict `roster_import_ended`, `roster_has_bad_rows`,
 *   `roster_changed_since`; forbidden `not_for_yourself`
 */
export async function applyRoster(
  actor: RosterActor,
  input: ApplyRosterInput,
  { now }: { now: Date },
): Promise<RosterSummary> {
  const { universityId, ownMemberId } = rosterPlace(actor)
  const apply = async (tx: Tx): Promise<RosterSummary> => {
    // Two imports one after the other: the second sees what the first did.
    await lockKey(tx, `roster:${universityId}`)
    const key = { universityId, importId: input.importId }
    const head = await findRosterImport(tx, key)
    if (head === null) throw new AppError('not_found', 'roster_import_not_found')
    const stored = await lockPreviewLines(tx, key)
    if (stored === null) throw new AppError('conflict', 'roster_import_ended')
    const summary = rosterSummarySchema.parse(head.summary)
    if (summary.bad > 0 && !input.leaveOutBad) throw new AppError('conflict', 'roster_has_bad_rows')
    const lines = stored.map((line) => planLineSchema.parse(line))
    await refuseIfChanged(tx, { lines, universityId, ownMemberId })
    await write(tx, { actor, universityId, lines, now })
    await endPreview(tx, { ...key, state: 'applied', now })
    const { fileSha256 } = head
    await recordAuditEvent(tx, {
      actor,
      action: 'roster.imported',
      subject: { kind: 'roster_import', id: input.importId },
      data: { fileSha256, added: summary.new, updated: summary.changed, unchanged: summary.unchanged },
      occurredAt: now,
    })
    return summary
  }
  try {
    return await withScope({ universityId }, apply, { timeoutSeconds: 120 })
  } catch (error) {
    // Somebody with a number of the file signed in for the first time meanwhile.
    if (isUniqueViolation(error)) throw new AppError('conflict', 'roster_changed_since')
    throw error
  }
}

type Given = { lines: readonly PlanLine[]; universityId: string; ownMemberId: string | null }

async function refuseIfChanged(tx: Tx, { lines, universityId, ownMemberId }: Given): Promise<void> {
  const numbers = lines.map(({ number }) => number)
  const members = await listMembersByNumber(tx, { universityId, numbers }, { lock: true })
  const again = planRoster(
    lines.map((line) => ({
      ...line,
      studentNumber: line.number,
      roles: line.saidRoles,
      isNumeric: false,
    })),
    members,
  )
  const effectOf = ({ line, kind, memberId, changes, addRoles, removeRoles }: PlanLine) =>
    JSON.stringify([
      line,
      kind,
      memberId,
      changes.map(({ field, from, to }) => [field, from, to]),
      addRoles,
      removeRoles,
    ])
  for (const [index, line] of lines.entries()) {
    const now = again[index]
    if (now === undefined || effectOf(now) !== effectOf(line)) throw new AppError('conflict', 'roster_changed_since')
    // The preview may be a colleague's, in which the role of who applies it changes.
    if (changesOwnRoles(now, ownMemberId)) throw new AppError('forbidden', 'not_for_yourself')
  }
}

type Writing = { actor: RosterActor; universityId: string; lines: readonly PlanLine[]; now: Date }
type Settled = PlanLine & { memberId: string }

async function write(tx: Tx, { actor, universityId, lines, now }: Writing): Promise<void> {
  const settled: Settled[] = lines.map((line) => ({ ...line, memberId: line.memberId ?? randomUUID() }))
  const touched = settled.filter(({ kind }) => kind !== 'unchanged')
  await addDepartments(tx, { universityId, names: [...new Set(touched.map(({ college }) => college))], now })
  const members = touched.map((line) => ({ ...line, isNew: line.kind === 'new' }))
  await planForManyRows(tx)
  await writeRosterMembers(tx, { universityId, lines: members, now })
  const rolesOf = (pick: (line: Settled) => readonly string[]): RosterRole[] =>
    settled.flatMap((line) => pick(line).map((role) => ({ memberId: line.memberId, role })))
  const added = rolesOf(({ addRoles }) => addRoles)
  const removed = rolesOf(({ removeRoles }) => removeRoles)
  await removeRosterRoles(tx, { universityId, lines: removed })
  // What the file says is the roster's, also where the sign-in said it first.
  const said = rolesOf(({ saidRoles, addRoles }) => saidRoles ?? addRoles)
  await addRosterRoles(tx, { universityId, lines: said, now })
  const assigned = await assignOwnDepartments(tx, { universityId, lines: added, now })
  // Claims from before their member had a department wait for nobody until now.
  const memberIds = settled.map(({ memberId }) => memberId)
  const claims = await assignClaimsOfMembers(tx, { universityId, memberIds })
  await recordAuditEvents(
    tx,
    claims.map((data) => ({
      actor,
      universityId,
      action: 'claim.department_assigned' as const,
      subject: { kind: 'claim' as const, id: data.claimId },
      data,
      occurredAt: now,
    })),
  )
  await recordChanges(tx, { actor, universityId, changed: touched, added, removed, assigned, now })
}

type Recorded = {
  actor: RosterActor
  universityId: string
  changed: readonly Settled[]
  added: readonly RosterRole[]
  removed: readonly RosterRole[]
  assigned: readonly { memberId: string; departmentId: string }[]
  now: Date
}

async function recordChanges(tx: Tx, { actor, universityId, now, ...done }: Recorded): Promise<void> {
  const about = (memberId: string) => ({
    actor,
    universityId,
    occurredAt: now,
    subject: { kind: 'member' as const, id: memberId },
  })
  const added = done.changed.filter(({ kind }) => kind === 'new')
  const updated = done.changed.filter(({ kind }) => kind === 'changed')
  await recordAuditEvents(
    tx,
    added.map(({ memberId }) => ({ ...about(memberId), action: 'member.added' as const, data: { memberId } })),
  )
  await recordAuditEvents(
    tx,
    updated.map(({ memberId, changes }) => ({
      ...about(memberId),
      action: 'member.changed' as const,
      data: { memberId, fields: changes.map(({ field }) => field) },
    })),
  )
  const withPower = ({ role }: RosterRole) => role !== 'student'
  const roleEvents = (action: 'role.granted' | 'role.revoked', roles: readonly RosterRole[]) =>
    roles.map(({ memberId, role }) => ({ ...about(memberId), action, data: { memberId, role } }))
  // That a thousand new members are students is what adding them says.
  await recordAuditEvents(tx, roleEvents('role.granted', done.added.filter(withPower)))
  await recordAuditEvents(tx, roleEvents('role.revoked', done.removed))
  await recordAuditEvents(
    tx,
    done.assigned.map((data) => ({ ...about(data.memberId), action: 'department.assigned' as const, data })),
  )
}
