import { createHash, randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { listDepartments } from '@/lib/db/departments'
import { endPreview, insertRosterImport, listOpenPreviews } from '@/lib/db/roster-imports'
import { listMembersByNumber, listZeroNumberLengths } from '@/lib/db/roster-members'
import { type Tx, withScope } from '@/lib/db/scope'
import { findLostZeros, numbersToLookUp } from './find-lost-zeros'
import { type ParsedRoster, parseRoster, problemAt, type RosterProblem } from './parse-roster'
import { type PlanLine, planRoster } from './plan-roster'
import { readRosterFile } from './read-roster-file'
import { type RosterActor, rosterPlace } from './roster-actor'
import type { RosterSummary } from './roster-records'

export type RosterFile = { fileName: string; bytes: Uint8Array }

/**
 * Reads a roster (xlsx or CSV) and keeps what it would do, for the admin to look at; no member changes. The actor's
 * earlier preview, if one is open, is discarded.
 * @returns the preview's id, and what it comes to
 * @throws AppError invalid with a code that says what is wrong with the file as a whole (see {@link readRosterFile}, {@link parseRoster})
 */
export async function previewRoster(
  actor: RosterActor,
  { fileName, bytes }: RosterFile,
  { now }: { now: Date },
): Promise<{ importId: string; summary: RosterSummary }> {
  const place = rosterPlace(actor)
  const { universityId, memberId } = place
  const parsed = parseRoster(await readRosterFile(bytes))
  const fileSha256 = createHash('sha256').update(bytes).digest('hex')
  return withScope(
    { universityId },
    async (tx) => {
      await discardOpen(tx, { actor, universityId, memberId, now })
      const { lines, problems, summary } = await judge(tx, { parsed, universityId, ownMemberId: place.ownMemberId })
      const importId = randomUUID()
      const name = fileName
        .normalize('NFC')
        .replace(/\p{Cc}/gu, '')
        .slice(0, 200)
      const kept = { universityId, importId, memberId, fileSha256, lines, problems, summary, createdAt: now }
      await insertRosterImport(tx, { ...kept, fileName: name })
      await recordAuditEvent(tx, {
        actor,
        action: 'roster.previewed',
        subject: { kind: 'roster_import', id: importId },
        data: { fileSha256, rows: lines.length + summary.bad, bad: summary.bad },
        occurredAt: now,
      })
      return { importId, summary }
    },
    { timeoutSeconds: 120 },
  )
}

type Opened = { actor: RosterActor; universityId: string; memberId: string; now: Date }

async function discardOpen(tx: Tx, { actor, universityId, memberId, now }: Opened): Promise<void> {
  for (const { id, fileSha256 } of await listOpenPreviews(tx, { universityId, memberId })) {
    await endPreview(tx, { universityId, importId: id, state: 'discarded', now })
    const subject = { kind: 'roster_import' as const, id }
    await recordAuditEvent(tx, { actor, action: 'roster.discarded', subject, data: { fileSha256 }, occurredAt: now })
  }
}

type Judged = { lines: PlanLine[]; problems: RosterProblem[]; summary: RosterSummary }
type ToJudge = { parsed: ParsedRoster; universityId: string; ownMemberId: string | null }

async function judge(tx: Tx, { parsed, universityId, ownMemberId }: ToJudge): Promise<Judged> {
  const zeroLengths = await listZeroNumberLengths(tx, universityId)
  const numbers = numbersToLookUp(parsed.rows, zeroLengths)
  const members = await listMembersByNumber(tx, { universityId, numbers }, { lock: false })
  const departments = new Set((await listDepartments(tx, universityId)).map(({ name }) => name))
  const lost = findLostZeros(parsed, { existing: new Set(members.map(({ number }) => number)), zeroLengths })
  const lostLines = new Set(lost.map(({ line }) => line))
  const planned = planRoster(
    parsed.rows.filter(({ line }) => !lostLines.has(line)),
    members,
  )
  const own = planned.filter((line) => changesOwnRoles(line, ownMemberId))
  const lines = planned.filter((line) => !own.includes(line))
  const problems = [...parsed.problems, ...lost, ...own.map((line) => ownRolesProblem(line, parsed))]
  return {
    lines,
    problems: problems.toSorted((a, b) => a.line - b.line),
    summary: {
      ...countKinds(lines),
      bad: new Set(problems.map(({ line }) => line)).size,
      left: lines.filter(({ hasLeft }) => hasLeft).length,
      newDepartments: [...new Set(lines.map(({ college }) => college))].filter((name) => !departments.has(name)),
      unknownHeadings: [...parsed.unknownHeadings],
    },
  }
}

/** Nobody gives or takes roles of their own, by a file neither. */
export function changesOwnRoles(line: PlanLine, ownMemberId: string | null): boolean {
  const isOwn = ownMemberId !== null && line.memberId === ownMemberId
  return isOwn && line.addRoles.length + line.removeRoles.length > 0
}

function ownRolesProblem({ line, roles }: PlanLine, { columnOf }: ParsedRoster): RosterProblem {
  return { ...problemAt(line, 'roles', columnOf), code: 'own_roles', value: roles.join(), other: null }
}

function countKinds(lines: readonly PlanLine[]): { new: number; changed: number; unchanged: number } {
  const count = (kind: PlanLine['kind']) => lines.filter((line) => line.kind === kind).length
  return { new: count('new'), changed: count('changed'), unchanged: count('unchanged') }
}
