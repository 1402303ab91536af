import type { DepartmentRow } from '@/lib/db/departments'
import type { MemberDetail, MemberLine } from '@/lib/db/members'
import type { LedgerStanding, WaitingClaims } from '@/lib/db/overview'
import type { RosterImportState } from '@/lib/db/roster-imports'
import type { TermLine } from '@/lib/db/terms'
import type { TermRow } from '@/lib/db/terms-read'
import type { Platform } from '@/lib/domain/platform'
import type { SyncFailure } from '@/lib/domain/sync'
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

export type { MemberLine }
export type Department = DepartmentRow

export type PeoplePage = { people: MemberLine[]; departments: Department[]; nextCursor: string | null }

/** A member as an admin sees them. */
export type MemberView = Omit<MemberDetail, 'personId'> & {
  hasSignedIn: boolean
  /** All of the university's, to assign to a reviewer. */
  departments: Department[]
  isSelf: boolean
  mayChangeRoles: boolean
}

/** A term with what hangs on it. Days are days of the university, both included. */
export type TermView = TermLine & {
  firstDay: string
  lastDay: string
  isCurrent: boolean
  isOver: boolean
  /** To be sent with every form about the term. */
  fingerprint: string
}

/** Something for the admin to do; the screen has the words and the way. */
export type Task =
  | { code: 'import_roster' | 'publish_policy' | 'create_term' | 'assign_reviewers' }
  | { code: 'confirm_roster'; importId: string }
  | { code: 'evidence_failed'; count: number }
  | { code: 'approve'; count: number; late: number }
  | { code: 'department_without_reviewer'; departmentId: string; departmentName: string; count: number }
  | { code: 'claims_without_department'; count: number }
  | { code: 'nominations'; count: number; days: number }
  | { code: 'file'; count: number }
  | { code: 'close_term'; termId: string; term: { nameZh: string; nameEn: string } }

export type Overview = {
  tasks: Task[]
  approvals: { count: number; late: number; oldestAt: Date | null }
  /** Claims whose evidence is being collected. */
  collecting: number
  evidenceFailed: number
  /** Claims that wait for an endorsement, by department. */
  backlog: WaitingClaims[]
  syncFailures: { failureKind: SyncFailure; accounts: number }[]
  ledger: LedgerStanding & { unfiled: number }
  term: TermRow | null
  timeZone: string
}

type Connection<Shown> = (Partial<Shown> & { isWhole: boolean; updatedAt: Date }) | null

/** What the university is called and how it is reached; null is not set up. */
export type UniversitySettingsView = {
  university: { slug: string; nameZh: string; nameEn: string; timeZone: string }
  fingerprint: string
  /** From how many on a class's pull requests to one repository in a week are looked at together. */
  surgeLimit: number
  signIn: Connection<{ issuer: string; clientId: string }>
  github: Connection<{ appId: string; installationId: string }>
  /** Service tokens of the platforms that are read by one and offered here. */
  tokens: { platform: Platform; connection: Connection<Record<never, never>> }[]
}
