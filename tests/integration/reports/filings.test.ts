import { createHash } from 'node:crypto'
import { readXlsx } from 'hucre'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createClaim } from '@/lib/claims/create-claim'
import { submitClaim } from '@/lib/claims/submit-claim'
import { readSignedHead } from '@/lib/config/ledger-signing'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { editTerm } from '@/lib/people/edit-term'
import { termFingerprint } from '@/lib/people/term-desk'
import { changeReportColumns, getReportColumns } from '@/lib/reports/change-columns'
import { createFiling } from '@/lib/reports/create-filing'
import { getFiling } from '@/lib/reports/get-filing'
import { getReport } from '@/lib/reports/get-report'
import { listExports } from '@/lib/reports/list-exports'
import { listFilings } from '@/lib/reports/list-filings'
import { makeContribution, makeRepository, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { type ReportStage, readCsv, save, setReportStage } from './stage'

let world: TestWorld
let stage: ReportStage
const deps = { now: NOW }

const refused = (code: string) => expect.objectContaining({ code })

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
}, 60_000)
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setReportStage(world)
}, 60_000)

/** Files the term as its page would: with the sums that the page shows. */
async function file(term: 'close' | 'keep_open' = 'keep_open', at = NOW) {
  const { candidates } = await listFilings(stage.admin.actor)
  const open = candidates.find((candidate) => candidate.term.termId === stage.university.termId)
  const sums = { expectedEntries: open?.entries ?? 1, expectedHundredths: open?.hundredths ?? 0 }
  return createFiling(stage.admin.actor, { termId: stage.university.termId, term, ...sums }, { now: at })
}

const filedBy = (filingId: string) =>
  world.db.filingEntry.findMany({ where: { filingId }, orderBy: { sequence: 'asc' } })

test('a filing holds every entry of its term once, in order, signed; the next one is the supplement', async () => {
  const { university, admin } = stage
  const first = await stage.award(1)
  await stage.award(1, { termId: university.pastTermId })
  await stage.award(2)
  const filing = await file()
  expect(filing).toMatchObject({ ordinal: 1, entries: 2, totalHundredths: 75 })
  expect((await filedBy(filing.filingId)).map(({ sequence }) => Number(sequence))).toEqual([1, 3])
  const row = await world.db.filing.findFirstOrThrow({ where: { id: filing.filingId } })
  const entries = await world.db.creditEntry.findMany({
    where: { universityId: university.universityId, sequence: { in: [1n, 3n] } },
    orderBy: { sequence: 'asc' },
  })
  const digest = createHash('sha256')
    .update(entries.map(({ hash }) => hash).join('\n'))
    .digest('hex')
  expect(row.entriesSha256).toBe(digest)
  const head = await world.db.ledgerHead.findUniqueOrThrow({ where: { universityId: university.universityId } })
  expect(await readSignedHead(row.signedHead)).toMatchObject({
    sequence: 3,
    hash: head.hash,
    filing: { filingId: filing.filingId, ordinal: 1, entries: 2, totalHundredths: 75, entriesSha256: digest },
  })
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { subjectId: filing.filingId } })
  expect(event.action).toBe('filing.created')

  await expect(file()).rejects.toEqual(refused('nothing_to_file'))
  await correctCredit(admin.actor, { entryId: first, netHundredths: 25, newHundredths: 0, reason: '重复' }, deps)
  await stage.award(1)
  const supplement = await file()
  expect(supplement).toMatchObject({ ordinal: 2, entries: 2, totalHundredths: 0 })
  expect((await filedBy(supplement.filingId)).map(({ sequence }) => Number(sequence))).toEqual([4, 5])
  const { totals } = await getReport(admin.actor, { state: 'not_filed' }, { language: 'en' })
  expect(totals?.entries).toBe(1)
  expect((await listFilings(admin.actor)).candidates.map(({ term }) => term.termId)).toEqual([university.pastTermId])
})

test('of two filings at once one holds the entries, the other is told', async () => {
  await stage.award(1)
  await stage.award(1)
  const results = await Promise.allSettled([file(), file(), file()])
  const made = results.filter(({ status }) => status === 'fulfilled')
  const told = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(made).toHaveLength(1)
  expect(told).toEqual([refused('nothing_to_file'), refused('nothing_to_file')])
  expect(await world.db.filing.count({ where: { universityId: stage.university.universityId } })).toBe(1)
})

test('lines that come while it is filed are in it or in the next one, never in none or both', async () => {
  await stage.award(1)
  const { termId } = stage.university
  const [filing] = await Promise.allSettled([
    createFiling(stage.admin.actor, { termId, term: 'keep_open', expectedEntries: 1, expectedHundredths: 25 }, deps),
    stage.award(1),
    stage.award(1),
  ])
  if (filing.status === 'rejected') expect(filing.reason).toEqual(refused('filing_changed'))
  await file()
  const { universityId } = stage.university
  expect(await world.db.filingEntry.count({ where: { universityId } })).toBe(3)
  const { totals } = await getReport(stage.admin.actor, { state: 'not_filed' }, { language: 'en' })
  expect(totals?.entries).toBe(0)
})

test('before a term is filed it is said how many of its claims are not decided yet', async () => {
  const waiting = async () =>
    (await listFilings(stage.admin.actor)).candidates.map((one) => [one.waiting, one.sentBack])
  await stage.award(1)
  expect(await waiting()).toEqual([[0, 0]])
  await stage.claimOf(1)
  await stage.claimOf(1, { state: 'submitted' })
  await stage.claimOf(1, { state: 'changes_requested' })
  for (const state of ['draft', 'withdrawn', 'rejected'] as const) await stage.claimOf(1, { state })
  await stage.claimOf(1, { termId: stage.university.pastTermId })
  expect(await waiting()).toEqual([[2, 1]])
})

test('what came in since the page was read is not filed unseen', async () => {
  await stage.award(1)
  const { termId } = stage.university
  const seen = { termId, term: 'keep_open', expectedEntries: 1, expectedHundredths: 25 } as const
  await stage.award(1)
  await expect(createFiling(stage.admin.actor, seen, deps)).rejects.toEqual(refused('filing_changed'))
  expect(await world.db.filing.count({ where: { termId } })).toBe(0)
})

test('a term that is closed with its filing takes no new claims, not even a draft that was begun before', async () => {
  await stage.award(1)
  const repository = await makeRepository(world)
  const contribution = await makeContribution(world, { repository, author: stage.author })
  const content = {
    termId: stage.university.termId,
    contributionIds: [contribution.contributionId],
    aiUse: {},
    aiUseNote: {},
    statement: '修复',
  }
  const draft = await createClaim(stage.student.actor, content, deps)
  await file('close')
  const term = await world.db.term.findFirstOrThrow({ where: { id: stage.university.termId } })
  expect(term.closedAt).toEqual(NOW)
  const version = (await world.db.claim.findFirstOrThrow({ where: { id: draft.claimId } })).version
  await expect(submitClaim(stage.student.actor, { claimId: draft.claimId, version }, deps)).rejects.toEqual(
    refused('term_closed'),
  )
  await expect(createClaim(stage.student.actor, content, deps)).rejects.toEqual(refused('term_closed'))
  const actions = await world.db.auditEvent.findMany({ where: { subjectId: stage.university.termId } })
  expect(actions.map(({ action }) => action)).toEqual(['term.closed'])
})

test('a filing’s files are the same bytes each time, whatever is added, chosen or renamed later', async () => {
  await stage.award(2)
  const { filingId } = await file()
  const { actor } = stage.admin
  const { nameZh } = await world.db.university.findUniqueOrThrow({ where: { id: actor.universityId } })
  const before = [await save(actor, { filingId }), await save(actor, { filingId, format: 'csv', encoding: 'gb18030' })]
  await stage.award(1)
  const { fingerprint } = await getReportColumns(actor)
  const columns = { credit: { shown: true, place: 1, headerZh: '分', headerEn: 'C' } }
  await changeReportColumns(actor, { columns, expected: fingerprint }, deps)
  await world.db.university.updateMany({ where: { id: actor.universityId }, data: { nameZh: '新名大学' } })
  await world.db.repository.updateMany({ data: { name: 'renamed' } })
  const { sheets } = await readXlsx(before[0]?.bytes ?? new Uint8Array())
  expect(sheets[0]?.rows[0]?.[0]).toBe(`${nameZh}开源贡献学分汇总表`)
  expect(sheets.at(-1)?.rows.find(([label]) => label === '高校')?.[1]).toBe(nameZh)
  const later = new Date('2027-01-01T00:00:00Z')
  const after = [
    await save(actor, { filingId }, later),
    await save(actor, { filingId, format: 'csv', encoding: 'gb18030' }, later),
  ]
  expect(after.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
    before.map(({ bytes }) => Buffer.from(bytes).toString('hex')),
  )
  expect(after[0]?.fileName).toContain(nameZh)
  expect(readCsv(await save(actor, { filingId, format: 'csv' }).then(({ text }) => text))).toHaveLength(2)
  const { exports } = await listExports(actor, { filingId })
  expect(exports).toHaveLength(5)
  expect(exports[0]?.filing).toMatchObject({ filingId, ordinal: 1 })

  const term = await world.db.term.findFirstOrThrow({ where: { id: stage.university.termId } })
  const days = { firstDay: '2026-09-01', lastDay: '2027-01-31', expected: termFingerprint(term) }
  const renamed = { termId: term.id, code: term.code, nameZh: '改名', nameEn: 'Renamed', ...days }
  await expect(editTerm(actor, renamed, deps)).rejects.toEqual(refused('term_is_filed'))
})

test('only admins file and see filings, those of their university', async () => {
  await stage.award(1)
  const other = await setReportStage(world)
  const input = { termId: stage.university.termId, term: 'close', expectedEntries: 1, expectedHundredths: 25 } as const
  for (const { actor } of [stage.student, stage.professor]) {
    await expect(createFiling(actor, input, deps)).rejects.toEqual(refused('role_not_allowed'))
    await expect(listFilings(actor)).rejects.toEqual(refused('role_not_allowed'))
  }
  await expect(createFiling(other.admin.actor, input, deps)).rejects.toEqual(refused('term_not_found'))
  const { filingId } = await file()
  await expect(getFiling(other.admin.actor, { filingId }, { language: 'en' })).rejects.toEqual(
    refused('filing_not_found'),
  )
  await expect(save(other.admin.actor, { filingId })).rejects.toEqual(refused('filing_not_found'))
  await expect(getFiling(stage.professor.actor, { filingId }, { language: 'en' })).rejects.toEqual(
    refused('role_not_allowed'),
  )
  expect((await listFilings(other.admin.actor)).filings).toEqual([])
  expect((await getFiling(stage.admin.actor, { filingId }, { language: 'en' })).lines).toHaveLength(1)
})
