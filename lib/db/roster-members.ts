import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

const memberSchema = z.object({
  memberId: z.string(),
  number: z.string(),
  name: z.string(),
  college: z.string(),
  programme: z.string(),
  className: z.string(),
  email: z.string(),
  status: z.string(),
  roles: z.array(z.object({ role: z.string(), source: z.string() })),
})
export type RosterMemberRow = z.output<typeof memberSchema>

/**
 * The members who have one of the numbers, with what a roster can change. One statement for a whole roster.
 * @param options.lock holds them as they are until the transaction ends
 */
export async function listMembersByNumber(
  tx: Tx,
  key: { universityId: string; numbers: readonly string[] },
  options: { lock: boolean },
): Promise<RosterMemberRow[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select m.id::text as "memberId", m.number, m.name, coalesce(d.name, '') as college, m.programme,
           m.class_name as "className", m.email, m.status,
           coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'source', r.source)) from member_role r
             where r.university_id = m.university_id and r.member_id = m.id), '[]') as roles
      from member m
      left join department d on d.university_id = m.university_id and d.id = m.department_id
     where m.university_id = ${key.universityId}::uuid and m.number = any(${[...key.numbers]}::text[])
     order by m.id ${options.lock ? Prisma.sql`for update of m` : Prisma.empty}`
  return z.array(memberSchema).parse(rows)
}

/** How long the university's numbers with a leading zero are. */
export async function listZeroNumberLengths(tx: Tx, universityId: string): Promise<number[]> {
  const rows = await tx.$queryRaw<{ length: number }[]>`
    select distinct length(number) as length from member
     where university_id = ${universityId}::uuid and number ~ '^0[0-9]+$'`
  return rows.map(({ length }) => length)
}

/**
 * To be called before thousands of rows are written. PostgreSQL keeps its plan for checking a foreign key: one made while
 * the table was nearly empty reads all of it, for each row that is added. Planned anew, 20,000 rows take a second.
 */
export async function planForManyRows(tx: Tx): Promise<void> {
  await tx.$executeRaw`select set_config('plan_cache_mode', 'force_custom_plan', true)`
}

export type RosterWriteLine = {
  memberId: string
  isNew: boolean
  number: string
  name: string
  college: string
  programme: string
  className: string
  email: string
}

type Write<Line> = { universityId: string; lines: readonly Line[]; now: Date }

/** Adds what is new and changes what is known; departments that are not there yet must have been added. */
export async function writeRosterMembers(tx: Tx, { universityId, lines, now }: Write<RosterWriteLine>): Promise<void> {
  const given = (isNew: boolean) => JSON.stringify(lines.filter((line) => line.isNew === isNew))
  await tx.$executeRaw`
    insert into member (university_id, id, number, name, department_id, programme, class_name, email, created_at, updated_at)
    select ${universityId}::uuid, g."memberId", g.number, g.name, d.id, g.programme, g."className", g.email, ${now}, ${now}
      from jsonb_to_recordset(${given(true)}::jsonb) as g("memberId" uuid, number text, name text, college text,
           programme text, "className" text, email text)
      left join department d on d.university_id = ${universityId}::uuid and d.name = g.college`
  await tx.$executeRaw`
    update member m
       set name = g.name, department_id = d.id, programme = g.programme, class_name = g."className", email = g.email,
           version = m.version + 1, updated_at = ${now}
      from jsonb_to_recordset(${given(false)}::jsonb) as g("memberId" uuid, name text, college text, programme text,
           "className" text, email text)
      left join department d on d.university_id = ${universityId}::uuid and d.name = g.college
     where m.university_id = ${universityId}::uuid and m.id = g."memberId"`
}

export type RosterRole = { memberId: string; role: string }

/** Gives roles in the roster's name. One that so far only the sign-in gave is the roster's from now on. */
export async function addRosterRoles(tx: Tx, { universityId, lines, now }: Write<RosterRole>): Promise<void> {
  await tx.$executeRaw`
    insert into member_role (university_id, member_id, role, source, created_at)
    select ${universityId}::uuid, g."memberId", g.role, 'roster', ${now}
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g("memberId" uuid, role text)
    on conflict (university_id, member_id, role) do update set source = 'roster' where member_role.source = 'sign_in'`
}

/** Takes back roles that the roster gave; with the role of reviewer its departments go too. */
export async function removeRosterRoles(
  tx: Tx,
  { universityId, lines }: Omit<Write<RosterRole>, 'now'>,
): Promise<void> {
  await tx.$executeRaw`
    delete from member_role r using jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g("memberId" uuid, role text)
     where r.university_id = ${universityId}::uuid and r.member_id = g."memberId" and r.role = g.role and r.source = 'roster'`
  await tx.$executeRaw`
    delete from review_assignment a using jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g("memberId" uuid, role text)
     where a.university_id = ${universityId}::uuid and a.member_id = g."memberId" and g.role = 'reviewer'`
}

/** New reviewers see the claims of their own department; more is an admin's to assign. Returns what was assigned. */
export async function assignOwnDepartments(
  tx: Tx,
  { universityId, lines, now }: Write<RosterRole>,
): Promise<{ memberId: string; departmentId: string }[]> {
  return tx.$queryRaw<{ memberId: string; departmentId: string }[]>`
    insert into review_assignment (university_id, member_id, department_id, created_at)
    select m.university_id, m.id, m.department_id, ${now}
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as g("memberId" uuid, role text)
      join member m on m.university_id = ${universityId}::uuid and m.id = g."memberId"
     where g.role = 'reviewer' and m.department_id is not null
    on conflict do nothing
    returning member_id::text as "memberId", department_id::text as "departmentId"`
}
