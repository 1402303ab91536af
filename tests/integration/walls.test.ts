import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestWorld, type TestWorld } from '@/tests/factories'
import { fillEveryTable } from './walls/fill-every-table'
import { SHARED } from './walls/shared-tables'

/** Straight SQL as the role that the app signs in as: what the walls hold even where a query forgets. */
let world: TestWorld
let app: pg.Client
let mine: { universityId: string; personId: string }
let other: { universityId: string; personId: string }
let tenantTables: string[]
let personTables: string[]

beforeAll(async () => {
  world = await openTestWorld()
  mine = await fillEveryTable(world)
  other = await fillEveryTable(world)
  app = new pg.Client({ connectionString: world.database.appUrl })
  await app.connect()
  tenantTables = await tablesWith('university_id')
  personTables = (await tablesWith('person_id')).filter((table) => !tenantTables.includes(table))
}, 120_000)

afterAll(async () => {
  await app?.end()
  await world?.close()
})

async function tablesWith(column: string): Promise<string[]> {
  const rows = await world.db.$queryRawUnsafe<{ name: string }[]>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = '${column}' and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  )
  return rows.map(({ name }) => name)
}

/** A statement that adds a row as given; what the database generates from it is left to the database. */
async function insertOf(table: string, row: Record<string, unknown>): Promise<string> {
  const rows = await world.db.$queryRawUnsafe<{ columns: string }[]>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  )
  const columns = rows[0]?.columns ?? ''
  return `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, '${quote(row)}')`
}

type Scope = { universityId?: string; personId?: string }

/** Runs statements in one transaction of a scope and takes it back; the last one's rows, or the refusal. */
async function inScope(
  scope: Scope,
  ...statements: string[]
): Promise<{ rows: Record<string, unknown>[]; count: number }> {
  await app.query('begin')
  try {
    await app.query(`select set_config('app.university', $1, true), set_config('app.person', $2, true)`, [
      scope.universityId ?? '',
      scope.personId ?? '',
    ])
    let last: pg.QueryResult = { rows: [], rowCount: 0, command: '', oid: 0, fields: [] }
    for (const statement of statements) last = await app.query(statement)
    return { rows: last.rows, count: last.rowCount ?? 0 }
  } finally {
    await app.query('rollback')
  }
}

const REFUSED =
  /row-level security|permission denied|append-only|violates|never changes|may only be erased|moves by one/

describe('every table', () => {
  test('is known: of a university, of a person, or public on purpose', async () => {
    const rows = await world.db.$queryRawUnsafe<{ name: string }[]>(
      `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p')`,
    )
    const known = new Set([...tenantTables, ...personTables, ...SHARED, 'university', 'person'])
    expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([])
    expect(tenantTables.length).toBeGreaterThan(25)
  })

  test('of a university or a person has row-level security, and the app owns none of them', async () => {
    const rows = await world.db.$queryRawUnsafe<{ name: string; secured: boolean; owner: string }[]>(
      `select relname as name, relrowsecurity as secured, pg_get_userbyid(relowner) as owner
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')`,
    )
    const guarded = [...tenantTables, ...personTables, 'university', 'person']
    expect(rows.filter(({ name, secured }) => guarded.includes(name) && !secured)).toEqual([])
    expect(rows.filter(({ owner }) => owner === 'yuanfen_app')).toEqual([])
  })

  test('with rows of a university starts its keys with the university', async () => {
    const rows = await world.db.$queryRawUnsafe<{ name: string }[]>(
      `select c.conrelid::regclass::text as name from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.contype = 'p' and c.connamespace = 'public'::regnamespace and a.attname = 'university_id'`,
    )
    const starting = rows.map(({ name }) => name)
    // Found before any university is known, or a person's across universities.
    const exempt = ['session', 'live_work', 'link_attempt', 'sync_run']
    expect(tenantTables.filter((table) => !starting.includes(table) && !exempt.includes(table))).toEqual([])
  })

  test('was filled for both universities, so that the tests below mean something', async () => {
    for (const table of tenantTables) {
      const rows = await world.db.$queryRawUnsafe<{ universityId: string }[]>(
        `select distinct university_id::text as "universityId" from ${table}`,
      )
      const found = rows.map(({ universityId }) => universityId)
      expect([table, found.includes(mine.universityId), found.includes(other.universityId)]).toEqual([
        table,
        true,
        true,
      ])
    }
  })
})

describe('from one university to the other', () => {
  test('nothing is read', async () => {
    for (const table of tenantTables) {
      const { rows } = await inScope(
        mine,
        `select count(*)::int as seen from ${table} where university_id = '${other.universityId}'`,
      )
      expect([table, rows[0]?.seen]).toEqual([table, 0])
    }
  })

  test('without a scope nothing is read at all', async () => {
    for (const table of [...tenantTables, ...personTables, 'person']) {
      const { rows } = await inScope({}, `select count(*)::int as seen from ${table}`)
      expect([table, rows[0]?.seen]).toEqual([table, 0])
    }
  })

  test('one’s own is read, as far as one should', async () => {
    for (const table of tenantTables) {
      const { rows } = await inScope(
        mine,
        `select count(*)::int as seen from ${table} where university_id = '${mine.universityId}'`,
      )
      expect([table, Number(rows[0]?.seen) > 0]).toEqual([table, true])
    }
  })

  test('nothing is changed or deleted', async () => {
    for (const table of tenantTables) {
      const where = `where university_id = '${other.universityId}'`
      for (const statement of [
        `update ${table} set university_id = university_id ${where}`,
        `delete from ${table} ${where}`,
      ]) {
        const result = await inScope(mine, statement).catch((error: Error) => error)
        if (result instanceof Error)
          expect([statement, result.message]).toEqual([statement, expect.stringMatching(REFUSED)])
        else expect([statement, result.count]).toEqual([statement, 0])
      }
    }
  })

  test('nothing is written: neither a copy of a row of theirs, nor one of ours moved over', async () => {
    for (const table of tenantTables) {
      const row = await exampleOf(table, other.universityId)
      const insert = await insertOf(table, row)
      await expect(inScope(mine, insert), table).rejects.toThrow(REFUSED)
      const move = `update ${table} set university_id = '${other.universityId}' where university_id = '${mine.universityId}'`
      await expect(inScope(mine, move), table).rejects.toThrow(REFUSED)
    }
  })

  test('no row of ours refers to one of theirs', async () => {
    const references = await compositeReferences('university_id')
    expect(references.length).toBeGreaterThan(20)
    for (const { table, target, columns, targetColumns } of references) {
      const theirs = await exampleOf(target, other.universityId)
      const own = await exampleOf(table, mine.universityId)
      const values = columns.map((column, index) => [column, theirs[targetColumns[index] ?? '']] as const)
      const changed = {
        ...own,
        ...Object.fromEntries(values.filter(([column]) => column !== 'university_id')),
        ...freshKeys(own),
      }
      const insert = await insertOf(table, changed)
      // The superuser is bound by foreign keys, not by policies: it is the key itself that refuses.
      await expect(world.db.$executeRawUnsafe(insert), `${table} → ${target}`).rejects.toThrow(/violates|23\d\d\d/)
    }
  })

  test('no row that names a person names a member, claim, account or run of somebody else', async () => {
    const tied = (await compositeReferences('person_id')).map(({ table, target }) => `${table} → ${target}`)
    expect(tied.sort()).toEqual([
      'claim → member',
      'decision → member',
      'link_attempt → linked_account',
      'live_work → claim',
      'session → member',
      'sync_run → linked_account',
      'sync_skip → sync_run',
      'sync_source → linked_account',
    ])
    const accountId = (await world.db.linkedAccount.findFirstOrThrow({ where: { personId: mine.personId } })).id
    await world.db.linkAttempt.updateMany({ where: mine, data: { purpose: 'refresh', accountId } })
    for (const { table } of await compositeReferences('person_id')) {
      const own = await exampleOfPerson(table, mine.personId)
      const insert = await insertOf(table, { ...own, person_id: other.personId, ...FRESH })
      await expect(world.db.$executeRawUnsafe(insert), table).rejects.toThrow(/foreign key|23503/)
    }
  })

  test('nothing is copied in or out past the walls', async () => {
    for (const table of tenantTables) {
      await expect(inScope(mine, `copy ${table} from stdin`), table).rejects.toThrow(
        /COPY FROM not supported with row-level security|permission denied/,
      )
      await expect(inScope(mine, `copy ${table} to '/tmp/x'`), table).rejects.toThrow(/permission denied/)
    }
  })
})

describe('from one person to another', () => {
  test('sessions, attempts, accounts and syncs are one’s own', async () => {
    for (const table of [...personTables, 'session', 'link_attempt', 'sync_run']) {
      const where = `where person_id = '${other.personId}'`
      const { rows } = await inScope(mine, `select count(*)::int as seen from ${table} ${where}`)
      expect([table, rows[0]?.seen]).toEqual([table, 0])
      const change = await inScope(mine, `update ${table} set person_id = person_id ${where}`).catch(
        (error: Error) => error,
      )
      if (!(change instanceof Error)) expect([table, change.count]).toEqual([table, 0])
    }
  })

  test('a session is found by its token alone, and only that one', async () => {
    const { rows } = await inScope(
      {},
      `select set_config('app.session', 'no such hash', true)`,
      'select * from session',
    )
    expect(rows).toEqual([])
  })
})

describe('whose a membership is', () => {
  const bind = (member: string, personId: string) =>
    `update member set person_id = '${personId}' where id = '${member}'`

  async function memberOf({ universityId, personId }: { universityId: string; personId: string }) {
    return world.db.member.findFirstOrThrow({ where: { universityId, personId } })
  }

  async function unboundMember(universityId: string): Promise<string> {
    return (await world.db.member.create({ data: { universityId, number: randomUUID(), name: '未登录' } })).id
  }

  test('no university writes somebody else’s person into a row of its own', async () => {
    const unbound = await unboundMember(mine.universityId)
    const { id: bound } = await memberOf(mine)
    const insert = `insert into member (university_id, id, number, name, person_id)
      values ('${mine.universityId}', gen_random_uuid(), 'n', 'n', '${other.personId}')`
    for (const statement of [bind(unbound, other.personId), bind(bound, other.personId), insert]) {
      for (const scope of [mine, { universityId: mine.universityId }])
        await expect(inScope(scope, statement), statement).rejects.toThrow(REFUSED)
    }
  })

  test('a membership that belongs to a person is handed to nobody and emptied by nobody', async () => {
    const { id } = await memberOf(mine)
    const stranger = (await world.db.person.create({ data: {} })).id
    const scopes = [mine, { universityId: mine.universityId }, { ...mine, personId: stranger }]
    for (const scope of scopes) {
      await expect(inScope(scope, bind(id, stranger))).rejects.toThrow(REFUSED)
      await expect(inScope(scope, `update member set person_id = null where id = '${id}'`)).rejects.toThrow(REFUSED)
    }
  })

  test('a person binds themselves, and a new one is bound at the first sign-in', async () => {
    const unbound = await unboundMember(mine.universityId)
    const stranger = (await world.db.person.create({ data: {} })).id
    expect((await inScope({ universityId: mine.universityId }, bind(unbound, stranger))).count).toBe(1)
    const joining = { universityId: mine.universityId, personId: other.personId }
    expect((await inScope(joining, bind(unbound, other.personId))).count).toBe(1)
  })

  test('a token that a sync carries is read by its person only', async () => {
    const accountId = (await world.db.linkedAccount.findFirstOrThrow({ where: { personId: mine.personId } })).id
    const run = { accountId, ...mine, trigger: 'link', tokenSealed: 'v1.sealed' }
    const { id } = await world.db.syncRun.create({ data: run })
    const read = `select token_sealed from sync_run where id = '${id}'`
    expect((await inScope({ universityId: mine.universityId }, read)).rows).toEqual([])
    expect((await inScope({ personId: mine.personId }, read)).rows).toEqual([{ token_sealed: 'v1.sealed' }])
    const attempts = `select * from link_attempt where person_id = '${mine.personId}'`
    expect((await inScope({ universityId: mine.universityId }, attempts)).rows).toEqual([])
  })
})

describe('what is append-only', () => {
  const tables = [
    'evidence',
    'evidence_file',
    'decision',
    'credit_entry',
    'filing',
    'filing_entry',
    'report_export',
    'audit_event',
  ]

  test('is changed, deleted and emptied by nobody, the owner included', async () => {
    const owner = new pg.Client({ connectionString: world.database.ownerUrl })
    await owner.connect()
    try {
      for (const client of [app, owner]) {
        for (const table of tables) {
          for (const statement of [
            `update ${table} set university_id = university_id`,
            `delete from ${table}`,
            `truncate ${table} cascade`,
          ]) {
            await expect(client.query(statement), statement).rejects.toThrow(/append-only|permission denied/)
          }
        }
      }
      for (const table of ['credit_entry_student', 'ledger_head', 'policy_version']) {
        await expect(owner.query(`truncate ${table} cascade`), table).rejects.toThrow(/append-only/)
      }
    } finally {
      await owner.end()
    }
  })

  test('published rules and the head of the ledger stay as they are', async () => {
    await expect(inScope(mine, `update policy_version set document = '{}'`)).rejects.toThrow(/never changes/)
    await expect(inScope(mine, `update ledger_head set sequence = sequence + 2`)).rejects.toThrow(/moves by one line/)
    await expect(inScope(mine, `update ledger_head set sequence = sequence - 1`)).rejects.toThrow(/moves by one line/)
    await expect(inScope(mine, `update credit_entry_student set name = 'X'`)).rejects.toThrow(/may only be erased/)
  })
})

test('no foreign key deletes or empties what hangs on it', async () => {
  const rows = await world.db.$queryRawUnsafe<{ name: string }[]>(
    `select conrelid::regclass || '.' || conname as name from pg_constraint
     where contype = 'f' and (confdeltype not in ('a', 'r') or confupdtype in ('n', 'd'))`,
  )
  expect(rows).toEqual([])
})

test('the app’s role may not call the queue, change the schema, or become somebody else', async () => {
  for (const statement of [
    `select graphile_worker.add_job('x', '{}')`,
    'create table public.x (id int)',
    'alter table member disable row level security',
    'drop table member',
    'set role yuanfen_owner',
    'set session_replication_role = replica',
  ]) {
    await expect(inScope(mine, statement), statement).rejects.toThrow(/permission denied|must be owner/)
  }
})

async function exampleOf(table: string, universityId: string): Promise<Record<string, unknown>> {
  const rows = await world.db.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
    `select to_jsonb(t) as row from ${table} t where university_id = '${universityId}' limit 1`,
  )
  return rows[0]?.row ?? {}
}

/** A row that names a person, else any row: a claim's or a decision's university is another test's matter. */
async function exampleOfPerson(table: string, personId: string): Promise<Record<string, unknown>> {
  const rows = await world.db.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
    `select to_jsonb(t) as row from ${table} t order by (person_id = '${personId}') desc limit 1`,
  )
  return rows[0]?.row ?? {}
}

/** Keys that would collide get values of their own: the reference is what is tried. */
function freshKeys(row: Record<string, unknown>): Record<string, unknown> {
  return 'id' in row ? { id: crypto.randomUUID() } : {}
}

/** Values that stand in no row yet, for whichever column a table has. */
const FRESH = { id: randomUUID(), token_hash: randomUUID(), state_hash: randomUUID(), source: 'new', ordinal: 999 }

const quote = (row: Record<string, unknown>) => JSON.stringify(row).replaceAll("'", "''")

async function compositeReferences(holding: string) {
  return world.db.$queryRawUnsafe<{ table: string; target: string; columns: string[]; targetColumns: string[] }[]>(
    `select c.conrelid::regclass::text as "table", c.confrelid::regclass::text as target,
       array(select a.attname::text from unnest(c.conkey) with ordinality k(n, o)
         join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.o) as columns,
       array(select a.attname::text from unnest(c.confkey) with ordinality k(n, o)
         join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.o) as "targetColumns"
     from pg_constraint c where c.contype = 'f' and array_length(c.conkey, 1) > 1 and '${holding}' in (
       select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey))`,
  )
}
