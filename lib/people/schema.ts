import * as z from 'zod'
import { ROLES } from '@/lib/domain/actor'
import { SURGE_LIMIT_RANGE } from '@/lib/domain/surge'
import { SYNC_FAILURES } from '@/lib/domain/sync'
import { ROSTER_KINDS } from './plan-roster'

export const MEMBER_STATUSES = ['active', 'left'] as const
export type MemberStatus = (typeof MEMBER_STATUSES)[number]

const version = z.coerce.number().int().min(1).max(2_147_483_647)
const cursor = z.string().max(512).nullable().default(null)

/** A page of the people, as its address asks for it. */
export const peopleQuery = z.strictObject({
  cursor,
  /** The beginning of a name or a number. */
  search: z.string().trim().max(60).default(''),
  departmentId: z.uuid().nullable().default(null),
  role: z.enum(ROLES).nullable().default(null),
  /** Only who reviews this department's claims. */
  reviewsDepartmentId: z.uuid().nullable().default(null),
  status: z.enum(MEMBER_STATUSES).nullable().default(null),
  /** Only those one of whose accounts could not be read, and why. */
  syncFailure: z.enum(SYNC_FAILURES).nullable().default(null),
})
export type PeopleQuery = z.output<typeof peopleQuery>

const memberChange = { memberId: z.uuid(), expectedVersion: version }

export const roleInput = z.strictObject({ ...memberChange, role: z.enum(ROLES) })
export type RoleInput = z.output<typeof roleInput>

export const departmentsInput = z.strictObject({
  ...memberChange,
  departmentIds: z.array(z.uuid()).max(500).default([]),
})
export type DepartmentsInput = z.output<typeof departmentsInput>

export const statusInput = z.strictObject({ ...memberChange, status: z.enum(MEMBER_STATUSES) })
export type StatusInput = z.output<typeof statusInput>

/** A roster as it is uploaded; the door holds the file to its size. */
export const rosterUpload = z.strictObject({ file: z.instanceof(File) })

export const applyRosterInput = z.strictObject({
  importId: z.uuid(),
  /** Bad rows stay out: said by the admin, never assumed. */
  leaveOutBad: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
})
export type ApplyRosterInput = z.output<typeof applyRosterInput>

export const discardRosterInput = z.strictObject({ importId: z.uuid() })

export const ROSTER_VIEWS = ['problems', ...ROSTER_KINDS] as const
export type RosterView = (typeof ROSTER_VIEWS)[number]

/** A page of a preview. The cursor is the last line shown, or the last problem's place. */
export const rosterPageQuery = z.strictObject({
  importId: z.uuid(),
  view: z.enum(ROSTER_VIEWS).nullable().default(null),
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
})
export type RosterPageQuery = z.output<typeof rosterPageQuery>

const termCode = z
  .string()
  .trim()
  .min(1)
  .max(32)
  .regex(/^[\w.-]+$/)
const day = z.iso.date('day_missing')

const termFields = {
  code: termCode,
  nameZh: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().min(1).max(80),
  /** Days in the university's time zone, both included. */
  firstDay: day,
  lastDay: day,
}
const fingerprint = z.string().regex(/^[0-9a-f]{16}$/)

export const createTermInput = z.strictObject(termFields)
export type CreateTermInput = z.output<typeof createTermInput>

export const editTermInput = z.strictObject({ ...termFields, termId: z.uuid(), expected: fingerprint })
export type EditTermInput = z.output<typeof editTermInput>

export const termStateInput = z.strictObject({ termId: z.uuid(), expected: fingerprint })
export type TermStateInput = z.output<typeof termStateInput>

export const universityNamesInput = z.strictObject({
  nameZh: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().min(1).max(80),
  expected: fingerprint,
})
export type UniversityNamesInput = z.output<typeof universityNamesInput>

const surgeLimit = z.coerce.number().int().min(SURGE_LIMIT_RANGE.min).max(SURGE_LIMIT_RANGE.max)

/** From how many on a class's pull requests to one repository in a week are looked at together. */
export const surgeLimitInput = z.strictObject({ surgeLimit, expectedSurgeLimit: surgeLimit })
export type SurgeLimitInput = z.output<typeof surgeLimitInput>
