import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { signHead } from '@/lib/config/ledger-signing'
import { createFiling } from '@/lib/reports/create-filing'
import { makeLinkedAccount, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type ReportStage, setReportStage } from '@/tests/integration/reports/stage'
import { setAppEnv } from '@/tests/setup/app-env'
import { cli } from './run-cli'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let world: TestWorld
let stage: ReportStage
let folder: string

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  stage = await setReportStage(world)
  await stage.award(2)
  await stage.award(1)
  folder = mkdtempSync(join(tmpdir(), 'yuanfen-cli-'))
})
afterAll(async () => {
  await world?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const at = () => ['--university', stage.university.slug, '--reason', '学生来信询问', '--operator', 'ops']
const looks = (command: string) =>
  world.db.auditEvent.findMany({
    where: { action: 'operator.looked', data: { path: ['command'], equals: command } },
  })

test('help names every command and needs no configuration; what is not understood ends with 2', async () => {
  const help = await cli(['--help'], { env: { DATABASE_URL: '', AUTH_SECRET: '' } })
  expect(help.code).toBe(0)
  for (const command of [
    'create-university',
    'connect',
    'grant-role',
    'import-roster',
    'sync-account',
    'ledger',
    'report',
    'secrets',
    'person',
    'sync ',
  ]) {
    expect(help.out).toContain(command)
  }
  const [unknown, missing] = await Promise.all([cli(['no-such-command']), cli(['report', '--output', 'y'])])
  expect([unknown.code, missing.code]).toEqual([2, 2])
  const unset = await cli(['ledger', 'verify', '--reason', '例行核验'], { env: { AUTH_SECRET: '' } })
  expect(unset.code).toBe(1)
  expect(unset.err).toContain('AUTH_SECRET')
})

test('a university is added with rules, connected, and comes to its first admin', async () => {
  const names = ['--name-zh', '新校', '--name-en', 'New', '--operator', 'ops']
  const made = await cli(['create-university', 'xinxiao', ...names, '--json'])
  expect(made).toMatchObject({ code: 0, err: '' })
  const { universityId } = JSON.parse(made.out)
  const versions = await world.db.policyVersion.findMany({ where: { universityId } })
  expect(versions).toMatchObject([{ version: 1, status: 'published' }])
  const again = await cli(['create-university', 'xinxiao', ...names, '--json'])
  expect(again.code).toBe(1)
  expect(JSON.parse(again.err)).toMatchObject({ ok: false, error: { code: 'university_slug_taken' } })

  const place = ['--university', 'xinxiao', '--reason', '开通学校']
  const settings = JSON.stringify({ issuer: 'https://sso.example.edu', clientId: 'yuanfen' })
  const connect = ['connect', ...place, '--kind', 'oidc', '--secret-file', '-']
  expect((await cli([...connect, '--settings', '{"issuer":"x"}'], { input: 's' })).code).toBe(2)
  expect((await cli([...connect, '--settings', settings], { input: 'the secret\n' })).code).toBe(0)
  const connection = await world.db.universityConnection.findFirstOrThrow({ where: { universityId } })
  expect(connection.settings).toMatchObject({ issuer: 'https://sso.example.edu', clientId: 'yuanfen' })
  expect(connection.secretSealed).not.toContain('the secret')

  const roster = join(folder, 'roster.csv')
  writeFileSync(roster, '学号,姓名,学院\n0001,赵一,计算机学院\n')
  const dry = await cli(['import-roster', roster, ...place, '--dry-run', '--json'])
  expect(JSON.parse(dry.out)).toMatchObject({ ok: true, applied: false, summary: { new: 1 } })
  expect(await world.db.member.count({ where: { universityId } })).toBe(0)
  expect((await cli(['import-roster', roster, ...place])).code).toBe(0)
  const member = await world.db.member.findFirstOrThrow({ where: { universityId } })
  expect(member.number).toBe('0001')
  const grant = ['grant-role', ...place, '--number', '0001', '--role', 'admin']
  expect(await cli(grant)).toMatchObject({ code: 0, out: '0001 is admin now\n' })
  expect(await cli(grant)).toMatchObject({ code: 1, err: 'role_held\n' })
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { universityId, action: 'role.granted' } })
  expect(event).toMatchObject({ actorKind: 'operator', reason: '开通学校' })
})

test('a bad row stops the whole roster, and the answer says which cell and why', async () => {
  const roster = join(folder, 'bad.csv')
  writeFileSync(roster, '学号,姓名,学院\n0998,钱二,计算机学院\n,孙三,计算机学院\n')
  const refused = await cli(['import-roster', roster, ...at()])
  expect(refused.code).toBe(1)
  expect(refused.out).toMatch(/1 bad\nA3 studentNumber: required ""\nNothing was changed/)
  const dry = await cli(['import-roster', roster, ...at(), '--dry-run', '--json'])
  expect(JSON.parse(dry.out)).toMatchObject({
    ok: true,
    problems: [{ line: 3, cell: 'A3', column: 'studentNumber', code: 'required', value: '', other: null }],
  })
  expect(await world.db.member.count({ where: { number: '0998' } })).toBe(0)
  expect((await cli(['import-roster', roster, ...at(), '--leave-out-bad'])).code).toBe(0)
  expect(await world.db.member.count({ where: { number: '0998' } })).toBe(1)
})

test('a report is written whole, says its checksum, and leaves its trace with the reason', async () => {
  const output = join(folder, 'report.csv')
  const made = await cli(['report', ...at(), '--output', output, '--format', 'csv', '--json'])
  expect(made).toMatchObject({ code: 0, err: '' })
  const said = JSON.parse(made.out)
  const bytes = readFileSync(output)
  expect(said).toMatchObject({ ok: true, entries: 2, hundredths: 75 })
  expect(said.contentSha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(bytes.toString('utf8')).toContain(stage.student.number)
  expect(readdirSync(folder).filter((file) => file.endsWith('.part'))).toEqual([])
  const [look] = await looks('report')
  expect(look).toMatchObject({ actorKind: 'operator', actorName: 'ops', reason: '学生来信询问' })
  const exported = await world.db.auditEvent.findFirstOrThrow({ where: { subjectId: said.exportId } })
  expect(exported).toMatchObject({ actorKind: 'operator', universityId: stage.university.universityId })
})

test('a report is narrowed by the names that pages use: a term’s code, a filing’s number', async () => {
  const { university, admin } = stage
  const term = await world.db.term.findFirstOrThrow({ where: { id: university.termId } })
  const past = await world.db.term.findFirstOrThrow({ where: { id: university.pastTermId } })
  const sums = { expectedEntries: 2, expectedHundredths: 75 }
  await createFiling(admin.actor, { termId: term.id, term: 'keep_open', ...sums }, { now: NOW })
  const output = join(folder, 'narrowed.csv')
  const report = async (...narrowed: string[]) => {
    const { code, out, err } = await cli([
      'report',
      ...at(),
      '--output',
      output,
      '--format',
      'csv',
      '--json',
      ...narrowed,
    ])
    return code === 0 ? JSON.parse(out).entries : JSON.parse(err).error
  }
  expect(await report('--term', term.code)).toBe(2)
  expect(await report('--term', past.code)).toBe(0)
  expect(await report('--kind', 'correction')).toBe(0)
  expect(await report('--filing', `${term.code}-1`)).toBe(2)
  expect(await report('--term', '1999-2000-1')).toEqual({ code: 'term_not_found', details: { code: '1999-2000-1' } })
  for (const filing of [`${term.code}-2`, `${past.code}-1`, 'nonsense']) {
    expect(await report('--filing', filing)).toEqual({ code: 'filing_not_found', details: { filing } })
  }
})

test('without a reason that says something nothing is looked at', async () => {
  const output = join(folder, 'never.xlsx')
  const place = ['--university', stage.university.slug]
  const refused = await cli(['report', ...place, '--reason', ' . ', '--output', output, '--json'])
  expect(refused.code).toBe(1)
  expect(JSON.parse(refused.err).error.code).toBe('break_glass_reason_required')
  expect(readdirSync(folder)).not.toContain('never.xlsx')
  const unknown = await cli(['report', '--university', 'nowhere', '--reason', '例行核验', '--output', output])
  expect(unknown).toMatchObject({ code: 1, err: 'university_not_found: slug nowhere\n' })
})

test('accounts of a member are read again with the university’s credential', async () => {
  const account = await makeLinkedAccount(world, stage.student.personId, { platform: 'gitee' })
  const made = await cli(['sync-account', ...at(), '--number', stage.student.number, '--platform', 'gitee', '--json'])
  expect(made).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(made.out).requested).toMatchObject([{ accountId: account.accountId, joined: false }])
  const runs = await world.db.syncRun.findMany({ where: { accountId: account.accountId } })
  expect(runs).toMatchObject([{ trigger: 'operator', state: 'queued', tokenSealed: null }])
})

test('a head that somebody kept is compared with the ledger as it is now', async () => {
  const { universityId } = stage.university
  const second = await world.db.creditEntry.findFirstOrThrow({ where: { universityId, sequence: 2n } })
  const kept = await signHead({ universityId, sequence: 2, hash: second.hash }, { now: NOW })
  const check = (input: string) => cli(['ledger', 'check-head', '-', ...at(), '--json'], { input })
  const holds = await check(`${kept}\n`)
  expect(holds.code).toBe(0)
  expect(JSON.parse(holds.out)).toEqual({ ok: true, holds: true, sequence: 2, signedAt: NOW.toISOString() })
  const heads: [string, Parameters<typeof signHead>[0]][] = [
    ['line_differs', { universityId, sequence: 2, hash: '0'.repeat(64) }],
    ['line_missing', { universityId, sequence: 99, hash: second.hash }],
    ['not_signed', { universityId: randomUUID(), sequence: 2, hash: second.hash }],
  ]
  for (const [fault, head] of heads) {
    const refused = await check(await signHead(head, { now: NOW }))
    expect(refused.code, fault).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ ok: false, holds: false, fault })
  }
  const forged = await check(`${kept.slice(0, -4)}AAAA`)
  expect(JSON.parse(forged.out)).toMatchObject({ holds: false, fault: 'not_signed' })
})

test('ledger verify holds, then names the filing, else the first line, that does not, and ends with 1', async () => {
  const holds = await cli(['ledger', 'verify', '--reason', '例行核验', '--json'])
  expect(holds).toMatchObject({ code: 0, err: '' })
  const { universityId, slug } = stage.university
  expect(JSON.parse(holds.out).ledgers).toContainEqual(
    expect.objectContaining({ university: slug, ok: true, lines: 2 }),
  )
  // What the database itself refuses to everybody, done past it by its owner.
  await world.db.$executeRawUnsafe('alter table filing disable trigger append_only')
  await world.db.$executeRawUnsafe(
    `update filing set total_hundredths = 99 where university_id = '${universityId}' and ordinal = 1`,
  )
  const filed = await cli(['ledger', 'verify', ...at()])
  expect(filed.code).toBe(1)
  expect(filed.out).toMatch(
    new RegExp(
      `^${slug}: filing \\S+-1 does not hold: filing_total_differs .*"expected":75,"found":99.*; all 2 lines do`,
    ),
  )
  await world.db.$executeRawUnsafe('alter table credit_entry disable trigger append_only')
  await world.db.$executeRawUnsafe(
    `update credit_entry set credit_hundredths = 99 where university_id = '${universityId}' and sequence = 2`,
  )
  const broken = await cli(['ledger', 'verify', ...at()])
  expect(broken.code).toBe(1)
  expect(broken.out).toMatch(new RegExp(`^${slug}: line 2 \\(entry [\\da-f-]{36}\\) does not hold: hash_differs`))
  await world.db.$executeRawUnsafe('alter table decision disable trigger append_only')
  await world.db.$executeRawUnsafe(
    `delete from decision where university_id = '${universityId}' and stage = 'approval' and claim_id =
       (select claim_id from credit_entry where university_id = '${universityId}' and sequence = 1)`,
  )
  const earlier = await cli(['ledger', 'verify', ...at(), '--json'])
  expect(earlier.code).toBe(1)
  expect(JSON.parse(earlier.out)).toMatchObject({ ok: false, ledgers: [{ sequence: 1, fault: 'approval_missing' }] })
})
