import * as z from 'zod'
import { ROLES } from '@/lib/domain/actor'
import { ROSTER_CODES, ROSTER_COLUMNS } from '@/lib/domain/roster'
import { ROSTER_PROBLEM_CODES } from './parse-roster'
import { ROSTER_FIELDS, ROSTER_KINDS } from './plan-roster'

/** What a preview keeps; read back through these shapes. */
export const planLineSchema = z.object({
  line: z.number(),
  kind: z.enum(ROSTER_KINDS),
  memberId: z.string().nullable(),
  number: z.string(),
  name: z.string(),
  college: z.string(),
  programme: z.string(),
  className: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  saidRoles: z.array(z.enum(ROLES)).nullable(),
  changes: z.array(z.object({ field: z.enum([...ROSTER_FIELDS, 'roles']), from: z.string(), to: z.string() })),
  addRoles: z.array(z.enum(ROLES)),
  removeRoles: z.array(z.enum(ROLES)),
  hasLeft: z.boolean(),
})

export const rosterProblemSchema = z.object({
  line: z.number(),
  cell: z.string(),
  column: z.enum(ROSTER_COLUMNS),
  code: z.enum([...ROSTER_CODES, ...ROSTER_PROBLEM_CODES]),
  value: z.string(),
  other: z.string().nullable(),
})

export const rosterSummarySchema = z.object({
  new: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  /** Rows, not problems: one row can have several. */
  bad: z.number(),
  /** Of the good rows: members who are marked as having left, and stay so. */
  left: z.number(),
  newDepartments: z.array(z.string()),
  unknownHeadings: z.array(z.string()),
})
export type RosterSummary = z.output<typeof rosterSummarySchema>
