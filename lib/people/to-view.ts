import type { RosterImportRow } from '@/lib/db/roster-imports'
import { rosterSummarySchema } from './roster-records'
import type { RosterImportView } from './view'

export function toRosterImport({ summary, ...row }: RosterImportRow): RosterImportView {
  return { ...row, summary: rosterSummarySchema.parse(summary) }
}
