import { z } from 'zod'
import { ROLES } from '@/lib/domain/actor'
import { readMemberNumber } from '@/lib/domain/member-number'
import { PLATFORMS } from '@/lib/domain/platform'
import { SYNC_FAILURES } from '@/lib/domain/sync'
import { Prisma } from './generated/client'
import type { Tx } from './scope'
import { FAILS_ITS_ACCOUNT } from './sync-sources'

export const MEMBER_STATES = ['active', 'left'] as const
export const ROLE_SOURCES = ['sign_in', 'roster', 'granted'] as const

const lineSchema = z.object({
  memberId: z.string(),
  number: z.string(),
  name: z.string(),
  departmentName: z.string().nullable(),
  programme: z.string(),
  className: z.string(),
  status: z.enum(MEMBER_STATES),
  hasSignedIn: z.boolean(),
  roles: z.array(z.enum(ROLES)),
})
export type MemberLine = z.output<typeof lineSchema>

export type MemberListQuery = {
  universityId: string
  limit: number
  afterNumber: string | null
  search: string
  departmentId: string | null
  role: string | null
  reviewsDepartmentId: string | null
  status: string | null
  syncFailure: string | null
}

/** A page of members in order of their number, by code point. */
export async function listMemberLines(tx: Tx, query: MemberListQuery): Promise<MemberLine[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select m.id::text as "memberId", m.number, m.name, d.name as "departmentName", m.programme,
           m.class_name as "className", m.status, m.person_id is not null as "hasSignedIn",
           array(select r.role from member_role r where r.university_id = m.university_id and r.member_id = m.id) as roles
      from (select * from member m where ${conditionsOf(query)} order by number collate "C" limit ${query.limit}) m
      left join department d on d.university_id = m.university_id and d.id = m.department_id
     order by m.number collate "C"`
  return z.array(lineSchema).parse(rows)
}

function conditionsOf(query: MemberListQuery): Prisma.Sql {
  const { universityId, afterNumber, search, departmentId, role, status, syncFailure } = query
  const { reviewsDepartmentId } = query
  const conditions = [Prisma.sql`m.university_id = ${universityId}::uuid`]
  if (afterNumber !== null) conditions.push(Prisma.sql`m.number collate "C" > ${afterNumber}`)
  if (search !== '') conditions.push(searchOf(search))
  if (departmentId !== null) conditions.push(Prisma.sql`m.department_id = ${departmentId}::uuid`)
  if (status !== null) conditions.push(Prisma.sql`m.status = ${status}`)
  if (role !== null) {
    conditions.push(Prisma.sql`exists (select 1 from member_role r
      where r.university_id = m.university_id and r.role = ${role} and r.member_id = m.id)`)
  }
  if (reviewsDepartmentId !== null) {
    conditions.push(Prisma.sql`exists (select 1 from review_assignment a where a.university_id = m.university_id
      and a.department_id = ${reviewsDepartmentId}::uuid and a.member_id = m.id)`)
  }
  if (syncFailure !== null) {
    conditions.push(Prisma.sql`m.person_id in (select s.person_id from sync_source s
      join linked_account a on a.id = s.account_id and a.unlinked_at is null
       where s.failure_kind = ${syncFailure} and ${FAILS_ITS_ACCOUNT})`)
  }
  return Prisma.join(conditions, ' and ')
}

/** The beginning of a name; of a number too, where it could be one. */
function searchOf(search: string): Prisma.Sql {
  const prefixOf = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
  const byName = Prisma.sql`m.name collate "C" like ${prefixOf(search)}`
  const number = readMemberNumber(search)
  return number === null ? byName : Prisma.sql`(m.number collate "C" like ${prefixOf(number)} or ${byName})`
}

const detailSchema = z.object({
  memberId: z.string(),
  personId: z.string().nullable(),
  number: z.string(),
  name: z.string(),
  departmentName: z.string().nullable(),
  programme: z.string(),
  className: z.string(),
  email: z.string(),
  status: z.enum(MEMBER_STATES),
  version: z.number(),
  createdAt: z.date(),
  roles: z.array(z.object({ role: z.enum(ROLES), source: z.enum(ROLE_SOURCES), createdAt: z.coerce.date() })),
  reviewDepartmentIds: z.array(z.string()),
  accounts: z.array(
    z.object({
      platform: z.enum(PLATFORMS),
      login: z.string(),
      isLinked: z.boolean(),
      syncedAt: z.coerce.date().nullable(),
      failureKind: z.enum(SYNC_FAILURES).nullable(),
    }),
  ),
  claims: z.array(z.object({ state: z.string(), count: z.number() })),
  creditHundredths: z.number(),
  creditEntries: z.number(),
})
export type MemberDetail = z.output<typeof detailSchema>

type MemberKey = { universityId: string; memberId: string }

/** A member with what an admin sees of them, in one statement; null where there is none. */
export async function findMemberDetail(tx: Tx, { universityId, memberId }: MemberKey): Promise<MemberDetail | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select m.id::text as "memberId", m.person_id::text as "personId", m.number, m.name, d.name as "departmentName",
           m.programme, m.class_name as "className", m.email, m.status, m.version, m.created_at as "createdAt",
      coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'source', r.source, 'createdAt', r.created_at))
        from member_role r where r.university_id = m.university_id and r.member_id = m.id), '[]') as roles,
      array(select a.department_id::text from review_assignment a
        where a.university_id = m.university_id and a.member_id = m.id) as "reviewDepartmentIds",
      coalesce((select jsonb_agg(jsonb_build_object('platform', a.platform, 'login', a.login,
          'isLinked', a.unlinked_at is null, 'syncedAt', a.synced_at, 'failureKind', (select max(s.failure_kind)
            from sync_source s where s.account_id = a.id and s.failure_kind is not null and ${FAILS_ITS_ACCOUNT})) order by a.linked_at)
        from linked_account a where a.person_id = m.person_id), '[]') as accounts,
      coalesce((select jsonb_agg(jsonb_build_object('state', c.state, 'count', c.count)) from (
        select state, count(*) from claim where university_id = m.university_id and member_id = m.id group by state) c),
        '[]') as claims,
      e.total::int as "creditHundredths", e.count::int as "creditEntries"
      from member m
      left join department d on d.university_id = m.university_id and d.id = m.department_id
     cross join lateral (select coalesce(sum(credit_hundredths), 0) as total, count(*) as count
        from credit_entry where university_id = m.university_id and member_id = m.id) e
     where m.university_id = ${universityId}::uuid and m.id = ${memberId}::uuid`
  return rows[0] === undefined ? null : detailSchema.parse(rows[0])
}

export type HeldMember = { memberId: string; personId: string | null; status: string; version: number }

/** A member held as they are until the transaction ends; null where there is none. */
export async function lockMember(tx: Tx, { universityId, memberId }: MemberKey): Promise<HeldMember | null> {
  const rows = await tx.$queryRaw<HeldMember[]>`
    select id::text as "memberId", person_id::text as "personId", status, version from member
     where university_id = ${universityId}::uuid and id = ${memberId}::uuid for update`
  return rows[0] ?? null
}

/** Moves the version of a held member, and the status where it changes. */
export async function markMemberChanged(
  tx: Tx,
  { universityId, memberId, status, now }: MemberKey & { status?: string; now: Date },
): Promise<void> {
  await tx.member.updateMany({
    where: { universityId, id: memberId },
    data: { version: { increment: 1 }, updatedAt: now, ...(status === undefined ? {} : { status }) },
  })
}
