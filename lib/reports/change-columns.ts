import { recordAuditEvent } from '@/lib/db/audit-events'
import { findReportColumns, saveReportColumns } from '@/lib/db/report-rows'
import { lockKey, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { canonicalHash } from '@/lib/domain/canonical-json'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { REPORT_COLUMN_KEYS, type ReportColumn, reportColumnsSchema } from '@/lib/domain/report-columns'
import type { ColumnsForm } from './schema'

/** The columns of the university's reports, and the mark by which a change says what it changes. */
export async function getReportColumns(
  actor: MemberActor,
): Promise<{ columns: readonly ReportColumn[]; fingerprint: string }> {
  const { universityId } = actor
  assertCan(actor, 'report.columns', { universityId })
  const columns = await withScope({ universityId }, (tx) => findReportColumns(tx, universityId))
  return { columns, fingerprint: canonicalHash(columns) }
}

/**
 * Keeps which columns reports have, in which order and under which headings. Filings that were made keep theirs.
 * @throws AppError forbidden `role_not_allowed`; invalid `no_columns`; conflict `columns_changed`
 */
export async function changeReportColumns(
  actor: MemberActor,
  form: ColumnsForm,
  { now }: { now: Date } = { now: new Date() },
): Promise<readonly ReportColumn[]> {
  const { universityId } = actor
  assertCan(actor, 'report.columns', { universityId })
  const columns = chosen(form)
  return withScope({ universityId }, async (tx) => {
    await lockKey(tx, `report-columns:${universityId}`)
    const before = await findReportColumns(tx, universityId)
    if (canonicalHash(before) !== form.expected) throw new AppError('conflict', 'columns_changed')
    await saveReportColumns(tx, { universityId, columns, now })
    await recordAuditEvent(tx, {
      actor,
      action: 'report.columns_changed',
      subject: { kind: 'university', id: universityId },
      data: { columns: columns.map(({ key }) => key) },
      occurredAt: now,
    })
    return columns
  })
}

function chosen({ columns }: ColumnsForm): readonly ReportColumn[] {
  const wishes = REPORT_COLUMN_KEYS.flatMap((key) => {
    const wish = columns[key]
    return wish?.shown ? [{ key, headerZh: wish.headerZh, headerEn: wish.headerEn, place: wish.place }] : []
  })
  if (wishes.length === 0) throw new AppError('invalid', 'no_columns')
  const ordered = wishes.toSorted((a, b) => a.place - b.place)
  return reportColumnsSchema.parse(ordered.map(({ place: _, ...column }) => column))
}
