import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** Something that the audit speaks of by its id. */
export type NamedId = { kind: string; id: string }
export type AuditName = { zh: string; en: string }

type Naming = (universityId: string, ids: readonly string[]) => Prisma.Sql

const plain = (name: Prisma.Sql): Prisma.Sql => Prisma.sql`${name} as zh, ${name} as en`

const memberBy =
  (kind: 'member' | 'person'): Naming =>
  (universityId, ids) => {
    const key = kind === 'member' ? Prisma.sql`m.id` : Prisma.sql`m.person_id`
    return Prisma.sql`
      select ${kind} as kind, ${key}::text as id, ${plain(Prisma.sql`m.name || ' ' || m.number`)} from member m
       where m.university_id = ${universityId}::uuid and ${key} = any(${ids}::uuid[])`
  }

const NAMINGS: Readonly<Record<string, Naming>> = {
  member: memberBy('member'),
  person: memberBy('person'),
  department: (universityId, ids) => Prisma.sql`
    select 'department' as kind, id::text, ${plain(Prisma.sql`name`)} from department
     where university_id = ${universityId}::uuid and id = any(${ids}::uuid[])`,
  term: (universityId, ids) => Prisma.sql`
    select 'term' as kind, id::text, name_zh as zh, name_en as en from term
     where university_id = ${universityId}::uuid and id = any(${ids}::uuid[])`,
  policy_version: (universityId, ids) => Prisma.sql`
    select 'policy_version' as kind, id::text, ${plain(Prisma.sql`'v' || version`)} from policy_version
     where university_id = ${universityId}::uuid and id = any(${ids}::uuid[])`,
  filing: (universityId, ids) => Prisma.sql`
    select 'filing' as kind, f.id::text, ${plain(Prisma.sql`t.code || '-' || f.ordinal`)}
      from filing f join term t on t.university_id = f.university_id and t.id = f.term_id
     where f.university_id = ${universityId}::uuid and f.id = any(${ids}::uuid[])`,
  roster_import: (universityId, ids) => Prisma.sql`
    select 'roster_import' as kind, id::text, ${plain(Prisma.sql`file_name`)} from roster_import
     where university_id = ${universityId}::uuid and id = any(${ids}::uuid[])`,
  claim: (universityId, ids) => Prisma.sql`
    select 'claim' as kind, q.id::text, ${plain(Prisma.sql`m.name || ' ' || t.code`)}
      from claim q
      join member m on m.university_id = q.university_id and m.id = q.member_id
      join term t on t.university_id = q.university_id and t.id = q.term_id
     where q.university_id = ${universityId}::uuid and q.id = any(${ids}::uuid[])`,
  credit_entry: (universityId, ids) => Prisma.sql`
    select 'credit_entry' as kind, id::text, ${plain(Prisma.sql`sequence::text`)} from credit_entry
     where university_id = ${universityId}::uuid and id = any(${ids}::uuid[])`,
  account: (_universityId, ids) => Prisma.sql`
    select 'account' as kind, id::text, ${plain(Prisma.sql`'@' || login`)} from linked_account
     where id = any(${ids}::uuid[])`,
  contribution: (_universityId, ids) => Prisma.sql`
    select 'contribution' as kind, c.id::text, ${plain(Prisma.sql`r.owner || '/' || r.name || ' ' || c.number`)}
      from contribution c join repository r on r.id = c.repository_id where c.id = any(${ids}::uuid[])`,
  university: (_universityId, ids) => Prisma.sql`
    select 'university' as kind, id::text, name_zh as zh, name_en as en from university where id = any(${ids}::uuid[])`,
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const rowSchema = z.object({ kind: z.string(), id: z.string(), zh: z.string(), en: z.string() })

/** Under which a name is found in the answer of {@link listAuditNames}. */
export const nameKey = ({ kind, id }: NamedId): string => `${kind}:${id}`

/** What things are called today, those that are there and have a name. One statement for a whole page of the audit. */
export async function listAuditNames(
  tx: Tx,
  { universityId, things }: { universityId: string; things: readonly NamedId[] },
): Promise<Map<string, AuditName>> {
  const byKind = Map.groupBy(
    things.filter(({ id }) => UUID.test(id)),
    ({ kind }) => kind,
  )
  const queries = [...byKind].flatMap(([kind, all]) => {
    const ids = [...new Set(all.map(({ id }) => id))]
    return NAMINGS[kind] === undefined ? [] : [NAMINGS[kind](universityId, ids)]
  })
  if (queries.length === 0) return new Map()
  const rows = z.array(rowSchema).parse(await tx.$queryRaw<unknown[]>`${Prisma.join(queries, ' union all ')}`)
  return new Map(rows.map((row) => [nameKey(row), { zh: row.zh, en: row.en }]))
}
