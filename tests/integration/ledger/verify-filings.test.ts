import { generateKeyPairSync } from 'node:crypto'
import { CompactSign } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { checkFilings } from '@/lib/ledger/check-filings'
import { listLedger } from '@/lib/ledger/list-ledger'
import { verifyLedger } from '@/lib/ledger/verify-ledger'
import { createFiling } from '@/lib/reports/create-filing'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type ReportStage, setReportStage } from '@/tests/integration/reports/stage'
import { setAppEnv } from '@/tests/setup/app-env'
import { rewriteChain, tamper } from './tamper'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: ReportStage
let filingId: string
let code: string
const deps = { now: NOW }

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
}, 60_000)
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setReportStage(world)
  for (let index = 0; index < 3; index += 1) await stage.award(1)
  filingId = await file(3)
  await stage.award(1)
  await file(1)
  code = (await world.db.term.findFirstOrThrow({ where: { id: stage.university.termId } })).code
})

const universityId = () => stage.university.universityId
const verify = () => verifyLedger(stage.admin.actor, { universityId: universityId() }, deps)

async function file(entries: number): Promise<string> {
  const { termId } = stage.university
  const sums = { expectedEntries: entries, expectedHundredths: entries * 25 }
  return (await createFiling(stage.admin.actor, { termId, term: 'keep_open', ...sums }, deps)).filingId
}

const broken = (ordinal: number, fault: string) => ({
  ok: false,
  lines: 4,
  sequence: null,
  filing: `${code}-${ordinal}`,
  fault,
})

test('filings that nobody touched hold', async () => {
  expect(await verify()).toMatchObject({ ok: true, lines: 4 })
})

test.each([
  ['its digest', `update filing set entries_sha256 = repeat('a', 64) where id = $1::uuid`, 'filing_entries_differ'],
  ['its number of entries', `update filing set entry_count = 4 where id = $1::uuid`, 'filing_entries_differ'],
  ['its last line', `update filing set last_sequence = 4 where id = $1::uuid`, 'filing_entries_differ'],
  ['its total', `update filing set total_hundredths = 90 where id = $1::uuid`, 'filing_total_differs'],
  ['its signed head', `update filing set signed_head = 'a.b.c' where id = $1::uuid`, 'filing_head_differs'],
  [
    'its signed head, by that of the next one',
    `update filing f set signed_head = o.signed_head from filing o where f.id = $1::uuid and o.term_id = f.term_id and o.ordinal = 2`,
    'filing_head_differs',
  ],
  [
    'an entry taken out',
    `delete from filing_entry where filing_id = $1::uuid and sequence = 2`,
    'filing_entries_differ',
  ],
  [
    'an entry exchanged for one of the next',
    `update filing_entry x set filing_id = case when x.filing_id = $1::uuid then o.id else $1::uuid end
         from filing f join filing o on o.term_id = f.term_id and o.ordinal = 2
        where f.id = $1::uuid and x.university_id = f.university_id and x.sequence in (3, 4)`,
    'filing_entries_differ',
  ],
])('%s', async (_what, sql, fault) => {
  await tamper(world, sql, filingId)
  expect(await verify()).toMatchObject(broken(1, fault))
  const { check } = await listLedger(stage.admin.actor)
  expect(check.result).toMatchObject({ ok: false, lines: 4, sequence: null, filing: `${code}-1`, fault })
})

/** The same words, signed by somebody else under a key of another name. */
async function forge(filing: string, kid = 'of-nobody-here'): Promise<void> {
  const { signedHead } = await world.db.filing.findFirstOrThrow({ where: { id: filing } })
  const payload = Buffer.from(signedHead.split('.')[1] ?? '', 'base64url')
  const forged = await new CompactSign(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'yuanfen-ledger-head' })
    .sign(generateKeyPairSync('ed25519').privateKey)
  await tamper(world, `update filing set signed_head = $2 where id = $1::uuid`, filing, forged)
}

test('a head that says all that it should, by a key that is not known here', async () => {
  await forge(filingId)
  expect(await verify()).toMatchObject(broken(1, 'filing_key_unknown'))
  // A missing setting hides nothing that is worse.
  await tamper(
    world,
    `update filing set total_hundredths = 90 where university_id = $1::uuid and ordinal = 2`,
    universityId(),
  )
  expect(await verify()).toMatchObject(broken(2, 'filing_total_differs'))
})

test('a head by another key that goes by the name of ours', async () => {
  await forge(filingId, 'test')
  expect(await verify()).toMatchObject(broken(1, 'filing_head_differs'))
})

test('everything about it, and not what was signed', async () => {
  await tamper(
    world,
    `update filing set last_sequence = 2, entry_count = 2, total_hundredths = 50 where id = $1::uuid`,
    filingId,
  )
  await tamper(world, `delete from filing_entry where filing_id = $1::uuid and sequence = 3`, filingId)
  await tamper(
    world,
    `update filing f set entries_sha256 = (select encode(sha256(convert_to(string_agg(e.hash, E'\\n' order by e.sequence), 'UTF8')), 'hex')
          from credit_entry e where e.university_id = f.university_id and e.sequence <= 2) where id = $1::uuid`,
    filingId,
  )
  expect(await verify()).toMatchObject({ ...broken(1, 'filing_head_differs'), data: { part: 'filing' } })
})

test('the whole of it, with its entries', async () => {
  await tamper(world, `delete from filing_entry where filing_id = $1::uuid`, filingId)
  await tamper(world, `delete from filing where id = $1::uuid`, filingId)
  expect(await verify()).toMatchObject(broken(1, 'filing_missing'))
})

test('the newest of it, the only one of a term, and all of them: the audit log tells of each', async () => {
  await remove(2)
  expect(await verify()).toMatchObject({ ...broken(2, 'filing_missing'), data: { found: null } })
  await remove(1)
  expect(await verify()).toMatchObject(broken(1, 'filing_missing'))
})

test('a later one in the place of one that is gone', async () => {
  await remove(2)
  await file(1)
  expect(await verify()).toMatchObject(broken(2, 'filing_missing'))
})

test('the audit log is read in pages', async () => {
  expect(await checkFilings(universityId(), 1)).toBeNull()
  await remove(2)
  expect(await checkFilings(universityId(), 1)).toMatchObject({ filing: `${code}-2`, fault: 'filing_missing' })
})

async function remove(ordinal: number): Promise<void> {
  const { id } = await world.db.filing.findFirstOrThrow({ where: { universityId: universityId(), ordinal } })
  await tamper(world, `delete from filing_entry where filing_id = $1::uuid`, id)
  await tamper(world, `delete from filing where id = $1::uuid`, id)
}

test('a chain that was written anew since, evidence and all, is not what was signed', async () => {
  await tamper(
    world,
    `update credit_entry set issued_at = issued_at - interval '1 day' where university_id = $1::uuid`,
    universityId(),
  )
  await rewriteChain(world, universityId(), () => ({}))
  await tamper(
    world,
    `update filing f set entries_sha256 = (select encode(sha256(convert_to(string_agg(e.hash, E'\\n' order by e.sequence), 'UTF8')), 'hex')
          from filing_entry x join credit_entry e on e.university_id = x.university_id and e.sequence = x.sequence
         where x.filing_id = f.id) where university_id = $1::uuid`,
    universityId(),
  )
  expect(await verify()).toMatchObject(broken(1, 'filing_head_differs'))
})
