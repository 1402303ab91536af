import { countOpenNominations } from '@/lib/db/catalog-nominations'
import {
  countSyncFailures,
  countWaitingClaims,
  type LedgerStanding,
  readLedgerStanding,
  readSetUp,
  type SetUp,
  type WaitingClaims,
} from '@/lib/db/overview'
import { withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { termOf } from '@/lib/domain/term'
import type { Overview, Task } from './view'

const DAY_MS = 86_400_000
/** Students are told in two weeks at most: half of that is worth a look, all of it is late. */
export const OLD_AFTER_DAYS = 7
export const LATE_AFTER_DAYS = 14

/** What waits for somebody at the university, and what is missing before anything can go through. Seven queries. */
export async function getOverview(actor: MemberActor, { now }: { now: Date }): Promise<Overview> {
  const { universityId, memberId } = actor
  // The overview is a view on people's work as a whole: who may list people may see it.
  assertCan(actor, 'people.list', { universityId })
  return withScope({ universityId }, async (tx) => {
    const oldBefore = new Date(now.getTime() - OLD_AFTER_DAYS * DAY_MS)
    const olderBefore = new Date(now.getTime() - LATE_AFTER_DAYS * DAY_MS)
    const waiting = await countWaitingClaims(tx, { universityId, oldBefore, olderBefore })
    const ledger = await readLedgerStanding(tx, universityId)
    const terms = await listAllTerms(tx, universityId)
    const setUp = await readSetUp(tx, { universityId, memberId })
    const syncFailures = await countSyncFailures(tx, universityId)
    const nominations = await countOpenNominations(tx, universityId)
    const timeZone = await getTimeZone(tx, universityId)
    return {
      tasks: tasksOf({ waiting, ledger, terms, setUp, nominations, now }),
      approvals: sumOf(waiting.filter(({ state }) => state === 'endorsed')),
      collecting: waiting
        .filter(({ state }) => state === 'submitted')
        .reduce((sum, { count, evidenceFailed }) => sum + count - evidenceFailed, 0),
      evidenceFailed: failedOf(waiting),
      backlog: waiting.filter(({ state }) => state === 'in_review'),
      syncFailures,
      ledger: { ...ledger, unfiled: ledger.entries - ledger.filed },
      term: termOf(now, terms),
      timeZone,
    }
  })
}

function sumOf(rows: readonly WaitingClaims[]): Overview['approvals'] {
  const oldest = rows.map(({ oldestAt }) => oldestAt.getTime())
  return {
    count: rows.reduce((sum, { count }) => sum + count, 0),
    late: rows.reduce((sum, { older }) => sum + older, 0),
    oldestAt: oldest.length === 0 ? null : new Date(Math.min(...oldest)),
  }
}

function failedOf(rows: readonly WaitingClaims[]): number {
  return rows.reduce((sum, { evidenceFailed }) => sum + evidenceFailed, 0)
}

/** Nobody is assigned to the department, or there is no department that anybody could be assigned to. */
function toUnattended({ departmentId, departmentName, count }: WaitingClaims): Task[] {
  if (departmentId === null || departmentName === null) return [{ code: 'claims_without_department', count }]
  return [{ code: 'department_without_reviewer', departmentId, departmentName, count }]
}

type Standing = {
  waiting: readonly WaitingClaims[]
  ledger: LedgerStanding
  terms: readonly TermRow[]
  setUp: SetUp
  nominations: { count: number; oldestAt: Date | null }
  now: Date
}

/** What is to be done, the most pressing first: without set-up nothing moves, then what people wait for, then the rest. */
function tasksOf({ waiting, ledger, terms, setUp, nominations, now }: Standing): Task[] {
  const approvals = sumOf(waiting.filter(({ state }) => state === 'endorsed'))
  const unattended = waiting.filter(({ state, reviewers }) => state === 'in_review' && reviewers === 0)
  const toClose = terms.filter(({ endsAt, closedAt }) => endsAt.getTime() <= now.getTime() && closedAt === null)
  const unfiled = ledger.entries - ledger.filed
  const evidenceFailed = failedOf(waiting)
  const tasks: (Task | false)[] = [
    !setUp.hasStudents && { code: 'import_roster' },
    !setUp.hasPolicy && { code: 'publish_policy' },
    termOf(now, terms) === null && { code: 'create_term' },
    setUp.hasStudents && !setUp.hasReviewers && { code: 'assign_reviewers' },
    setUp.openPreviewId !== null && { code: 'confirm_roster', importId: setUp.openPreviewId },
    approvals.count > 0 && { code: 'approve', count: approvals.count, late: approvals.late },
    evidenceFailed > 0 && { code: 'evidence_failed', count: evidenceFailed },
    ...unattended.flatMap(toUnattended),
    nominations.count > 0 && {
      code: 'nominations',
      count: nominations.count,
      days: Math.floor((now.getTime() - (nominations.oldestAt ?? now).getTime()) / DAY_MS),
    },
    unfiled > 0 && { code: 'file', count: unfiled },
    ...toClose.map(({ id, nameZh, nameEn }) => ({
      code: 'close_term' as const,
      termId: id,
      term: { nameZh, nameEn },
    })),
  ]
  return tasks.filter((task) => task !== false)
}
