import type { RosterImportState } from '@/lib/db/roster-imports'
import type { RosterProblem } from './parse-roster'
import type { PlanLine } from './plan-roster'
import type { RosterSummary } from './roster-records'
import type { RosterView } from './schema'

export type { RosterChange } from './plan-roster'
export type { PlanLine, RosterProblem, RosterSummary }

export type RosterImportView = {
  id: string
  memberId: string
  /** Who uploaded it; null: an operator. */
  memberName: string | null
  fileName: string
  fileSha256: string
  summary: RosterSummary
  state: RosterImportState
  createdAt: Date
  appliedAt: Date | null
}

export type RosterImportPage = RosterImportView & {
  view: RosterView
  lines: PlanLine[]
  problems: RosterProblem[]
  /** Where the next page starts; null: there is none. */
  nextAfter: number | null
}
