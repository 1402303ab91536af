import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestAccount,
  type TestMember,
  type TestWorld,
} from '@/tests/factories'

let world: TestWorld
let app: pg.Client
let author: TestMember
let account: TestAccount

beforeAll(async () => {
  world = await openTestWorld()
  author = await makeMember(world, await makeUniversity(world))
  account = await makeLinkedAccount(world, author.personId)
  app = new pg.Client({ connectionString: world.database.appUrl })
  await app.connect()
}, 60_000)
afterAll(async () => {
  await app.end()
  await world.close()
})

const OTHER = '990001'
let locked: string
let open: string

beforeEach(async () => {
  locked = await joint()
  open = await joint()
  for (const id of [locked, open]) {
    expect(await ask(AGREE, [id, 'proposed'])).toBe('1')
    expect(await ask(PART, [id, account.platformUserId, 60])).toBe('1')
    expect(await ask(PART, [id, OTHER, 40])).toBe('1')
  }
  expect(await ask(`update share_agreement set state = 'locked' where contribution_id = $1`, [locked])).toBe('1')
})

async function joint(): Promise<string> {
  const { contributionId } = await makeContribution(world, { repository: await makeRepository(world), author: account })
  const coAuthor = { platform: 'github', platformUserId: OTHER, login: 'other', seenAt: NOW }
  await world.db.contributionCoAuthor.create({ data: { contributionId, ...coAuthor } })
  return contributionId
}

const AGREE = `insert into share_agreement (contribution_id, state, version, proposed_by, proposed_at, changed_at)
  values ($1, $2, 1, '1', now(), now())`
const PART = `insert into contribution_share (contribution_id, platform_user_id, percent, confirmed) values ($1, $2, $3, true)`

/** As the app's role, for the author: how many rows it changed, or why it was refused. */
async function ask(statement: string, values: unknown[]): Promise<string> {
  await app.query('begin')
  await app.query("select set_config('app.person', $1, true)", [author.personId])
  try {
    const { rowCount } = await app.query(statement, values)
    await app.query('commit')
    return String(rowCount)
  } catch (error) {
    await app.query('rollback')
    return error instanceof Error ? error.message : 'unknown'
  }
}

describe('the database, asked straight as the app', () => {
  test('lets nothing begin locked', async () => {
    expect(await ask(AGREE, [await joint(), 'locked'])).toMatch(/not whole/)
  })

  test('locks only what is whole', async () => {
    expect(await ask('delete from contribution_share where contribution_id = $1 and percent = 40', [open])).toBe('1')
    const lock = `update share_agreement set state = 'locked' where contribution_id = $1`
    expect(await ask(lock, [open])).toMatch(/not whole/)
    expect(await ask(PART, [open, OTHER, 40])).toBe('1')
    expect(await ask(lock, [open])).toBe('1')
  })

  test('lets no part be carried into what is locked, nor into another hand', async () => {
    const move = 'update contribution_share set contribution_id = $2, platform_user_id = $3 where contribution_id = $1'
    const third = `${move} and platform_user_id = '${OTHER}'`
    expect(await ask(third, [open, locked, '990002'])).toMatch(/stays where it is/)
    expect(await ask(third, [open, open, '990002'])).toMatch(/stays where it is/)
    expect(
      await ask('update share_agreement set contribution_id = $2 where contribution_id = $1', [open, await joint()]),
    ).toMatch(/stays with its contribution/)
  })

  test('changes nothing of what is locked, in whatever way', async () => {
    const of = 'where contribution_id = $1'
    for (const statement of [
      `update contribution_share set percent = 50 ${of}`,
      `delete from contribution_share ${of}`,
      `update share_agreement set version = 9 ${of}`,
      `update share_agreement set state = 'proposed' ${of}`,
    ]) {
      expect(await ask(statement, [locked])).toMatch(/are locked/)
    }
    expect(await ask(PART, [locked, '990002', 1])).toMatch(/are locked/)
    expect(await ask(`delete from share_agreement ${of}`, [locked])).toMatch(/permission denied/)
  })
})
