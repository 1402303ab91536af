import { createHash } from 'node:crypto'
import { readXlsx } from 'hucre'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readSignedHead } from '@/lib/config/ledger-signing'
import { formatHundredths } from '@/lib/domain/hundredths'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { changeReportColumns, getReportColumns } from '@/lib/reports/change-columns'
import { describeExport, exportReport } from '@/lib/reports/export-report'
import { getReport } from '@/lib/reports/get-report'
import { listExports } from '@/lib/reports/list-exports'
import { daysAgo, makeMember, makeUniversity, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'
import { type ReportStage, readCsv, save, setReportStage } from './stage'

let world: TestWorld
let stage: ReportStage
let other: ReportStage

const refused = (code: string) => expect.objectContaining({ code })

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  stage = await setReportStage(world)
  other = await setReportStage(world)
  // What people wrote of themselves ends up in cells.
  await world.db.member.updateMany({
    where: { id: stage.student.memberId },
    data: { name: '=HYPERLINK("http://x","𠮷")', programme: '软件,"工程"\n第二行', className: ' @2301' },
  })
  const first = await stage.award(2, {}, daysAgo(1))
  await world.db.member.updateMany({ where: { id: stage.student.memberId }, data: { programme: '数据科学' } })
  await stage.award(1, { termId: stage.university.pastTermId }, NOW)
  await other.award(3)
  await correctCredit(
    stage.admin.actor,
    { entryId: first, netHundredths: 50, newHundredths: 5, reason: '-重复计算' },
    { now: NOW },
  )
}, 120_000)
afterAll(() => world?.close())

const entriesOf = (universityId: string) =>
  world.db.creditEntry.findMany({ where: { universityId }, orderBy: { sequence: 'asc' }, include: { student: true } })

test('a CSV holds the ledger line by line, in the registrar’s order, with a mark that Excel reads', async () => {
  const { bytes, text, totals } = await save(stage.admin.actor, { format: 'csv' })
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [headings, ...rows] = readCsv(text)
  expect(headings?.slice(0, 12)).toEqual(
    '学号 姓名 学院 专业 班级 学期 项目 级别 认定学分 类别 认定日期 证明材料'.split(' '),
  )
  const entries = await entriesOf(stage.university.universityId)
  expect(rows).toHaveLength(3)
  expect(rows.map((row) => row[0])).toEqual(entries.map(({ student }) => student?.studentNumber))
  expect(rows.map((row) => row[8])).toEqual(entries.map((entry) => formatHundredths(entry.creditHundredths)))
  expect(rows.map((row) => row[8])).toEqual(['0.50', '0.25', '-0.45'])
  expect(rows.map((row) => row[9])).toEqual(['认定', '认定', '更正'])
  expect(rows.map((row) => row[11])).toEqual(
    entries.map(({ sequence, hash }) => `${stage.university.slug}-${sequence} sha256:${hash}`),
  )
  expect(rows[0]?.[6]).toMatch(/^lab-\d+\/model-\d+; lab-\d+\/model-\d+$/)
  // A correction is about the same projects as what it corrects.
  expect(rows[2]?.[6]).toBe(rows[0]?.[6])
  expect(totals).toEqual({ entries: 3, hundredths: 30 })
  const screen = await getReport(stage.admin.actor, {}, { language: 'zh-CN' })
  expect(screen.totals).toEqual({ entries: 3, students: 1, hundredths: 30 })
})

test('no cell of strangers is a formula, and ids keep their zeros', async () => {
  const { text } = await save(stage.admin.actor, { format: 'csv', encoding: 'utf-8' })
  const row = readCsv(text)[1]
  expect(row?.[0]).toMatch(/^0\d+$/)
  expect(row?.slice(1, 5)).toEqual([`'=HYPERLINK("http://x","𠮷")`, '计算机学院', '软件,"工程"\n第二行', `' @2301`])
  expect(readCsv(text)[3]?.[12]).toBe(`'-重复计算`)
})

test('GB18030 says the same as UTF-8, rare characters too', async () => {
  const utf8 = await save(stage.admin.actor, { format: 'csv', encoding: 'utf-8' })
  const gb = await save(stage.admin.actor, { format: 'csv', encoding: 'gb18030' })
  expect(gb.isGb18030).toBe(true)
  expect(iconv.decode(Buffer.from(gb.bytes), 'gb18030')).toBe(utf8.text)
  expect(utf8.text).toContain('𠮷')
})

test('a workbook holds the same rows under a title: ids as text, credit as exact numbers, their sum, room for stamps', async () => {
  const { bytes } = await save(stage.admin.actor, { format: 'xlsx' })
  const csv = readCsv((await save(stage.admin.actor, { format: 'csv', encoding: 'utf-8' })).text)
  const { sheets } = await readXlsx(bytes)
  expect(sheets.map(({ name }) => name)).toEqual(['学分汇总表', '学院专业小计', '核验信息'])
  const rows = sheets[0]?.rows ?? []
  const { nameZh } = await world.db.university.findUniqueOrThrow({ where: { id: stage.university.universityId } })
  expect(rows[0]?.[0]).toBe(`${nameZh}开源贡献学分汇总表`)
  expect(rows[2]).toEqual(csv[0])
  const lines = rows.slice(3, -4)
  expect(lines[0]?.[0]).toBe(stage.student.number)
  expect(lines.map((row) => row[8])).toEqual([0.5, 0.25, -0.45])
  const asText = lines.map((row) => row.map((cell) => (cell === null ? '' : String(cell))))
  const numbers = new Set([8])
  expect(asText.map((row) => row.map((cell, index) => (numbers.has(index) ? Number(cell).toFixed(2) : cell)))).toEqual(
    csv.slice(1).map((row) => row.slice(0, asText[0]?.length)),
  )
  expect(rows.at(-4)?.[0]).toBe('合计 3 笔')
  expect(rows.at(-4)?.[8]).toBe(0.3)
  expect(sheets[1]?.rows.slice(3)).toEqual([
    ['计算机学院', '数据科学', 1, 1, 0.25],
    ['计算机学院', '软件,"工程"\n第二行', 1, 2, 0.05],
    ['计算机学院', '小计', 1, 3, 0.3],
    ['合计', null, 1, 3, 0.3],
  ])
})

test('the last sheet vouches for the others in words of the file: where from, by which filter, when, signed', async () => {
  const { bytes, signedHead } = await save(stage.admin.actor, {
    ...{ format: 'xlsx', termId: stage.university.termId, college: '计算机学院', programme: '-', state: 'not_filed' },
    ...{ from: '2026-11-09', kind: 'award' },
  })
  const proofOf = async (file: Uint8Array) =>
    new Map((await readXlsx(file)).sheets.at(-1)?.rows.map(([k, v]) => [k, v]))
  const proof = await proofOf(bytes)
  const { nameZh } = await world.db.term.findFirstOrThrow({ where: { id: stage.university.termId } })
  expect(proof.get('筛选')).toBe(
    `学期：${nameZh}；学院：计算机学院；专业：（未填）；未备案；类别：认定；认定日期自 2026-11-09`,
  )
  expect(proof.get('导出时间')).toBe('2026-11-10 12:00:00 (Asia/Shanghai)')
  expect(proof.get('公钥')).toBe(`${process.env.APP_URL}/api/ledger/keys`)
  expect(proof.get('签名（JWS，Ed25519）')).toBe(signedHead)
  const whole = await save(stage.admin.actor, { format: 'xlsx', language: 'en' })
  const english = await proofOf(whole.bytes)
  expect([english.get('Lines'), english.get('Credit in all'), english.get('Filter')]).toEqual([
    '3',
    '0.30',
    'everything',
  ])
  const head = await world.db.ledgerHead.findUniqueOrThrow({ where: { universityId: stage.university.universityId } })
  const sums = { entries: 3, totalHundredths: 30 }
  expect(await readSignedHead(whole.signedHead)).toMatchObject({ sequence: 3, hash: head.hash, ...sums })
})

test('each filter narrows screen and file alike; days are the university’s, both included', async () => {
  const { admin, university } = stage
  const count = async (filter: Parameters<typeof getReport>[1]) => {
    const screen = await getReport(admin.actor, filter, { language: 'zh-CN' })
    const { text } = await save(admin.actor, { ...filter, format: 'csv' })
    const entries = screen.totals?.entries ?? Number.NaN
    expect(readCsv(text)).toHaveLength(1 + entries)
    expect(screen.lines).toHaveLength(entries)
    return entries
  }
  expect(await count({})).toBe(3)
  expect(await count({ termId: university.pastTermId })).toBe(1)
  expect(await count({ termId: other.university.termId })).toBe(0)
  expect(await count({ college: '计算机学院' })).toBe(3)
  expect(await count({ college: "'; drop table filing; --" })).toBe(0)
  expect(await count({ programme: '-' })).toBe(0)
  expect(await count({ kind: 'correction' })).toBe(1)
  expect(await count({ state: 'filed' })).toBe(0)
  expect(await count({ state: 'not_filed' })).toBe(3)
  // NOW is noon of the 10th in Shanghai, the first line was entered a day before.
  expect(await count({ from: '2026-11-10' })).toBe(2)
  expect(await count({ to: '2026-11-09' })).toBe(1)
  expect(await count({ from: '2026-11-09', to: '2026-11-09' })).toBe(1)
  await expect(getReport(admin.actor, { cursor: 'nonsense' }, { language: 'en' })).rejects.toEqual(
    refused('bad_cursor'),
  )
})

test('the screen has the sums by college and programme of the workbook, where they are asked for', async () => {
  const { actor } = stage.admin
  const { subtotals } = await getReport(actor, {}, { language: 'zh-CN', withSubtotals: true })
  expect(
    subtotals?.map(({ level, programme, students, entries, hundredths }) => [
      level,
      programme,
      students,
      entries,
      hundredths,
    ]),
  ).toEqual([
    ['programme', '数据科学', 1, 1, 25],
    ['programme', '软件,"工程"\n第二行', 1, 2, 5],
    ['college', '', 1, 3, 30],
    ['all', '', 1, 3, 30],
  ])
  const narrowed = await getReport(actor, { kind: 'correction' }, { language: 'zh-CN', withSubtotals: true })
  expect(narrowed.subtotals?.at(-1)).toMatchObject({ level: 'all', entries: 1, hundredths: -45 })
  expect((await getReport(actor, {}, { language: 'zh-CN' })).subtotals).toBeNull()
})

test('the screen goes through all lines page by page, newest first', async () => {
  const seen: (string | undefined)[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof getReport>> = await getReport(
      stage.admin.actor,
      { cursor },
      { language: 'en', limit: 2 },
    )
    seen.push(...page.lines.map(({ sequence }) => sequence))
    // Only the first page counts everything.
    expect(page.totals === null).toBe(cursor !== null)
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toEqual(['3', '2', '1'])
})

test('what begins to go out is in the audit before its first byte, with what it holds; broken off it stays there', async () => {
  const before = await listExports(stage.admin.actor)
  const broken = await exportReport(stage.admin.actor, { format: 'csv', college: '计算机学院' }, { now: NOW })
  const events = () => world.db.auditEvent.findMany({ where: { subjectId: broken.exportId } })
  expect(await events()).toMatchObject([
    {
      action: 'report.export_started',
      actorMemberId: stage.admin.memberId,
      data: {
        ...{ exportId: broken.exportId, format: 'csv', rows: 3, college: '计算机学院' },
        ...{ termId: null, programme: null, filingId: null },
      },
    },
  ])
  const reader = broken.body.getReader()
  await reader.read()
  await reader.cancel()
  await expect(broken.checksum).rejects.toThrow()
  expect(await events()).toHaveLength(1)
  expect(await listExports(stage.admin.actor)).toEqual(before)
})

test('what was handed out whole is kept with its checksum and in the audit', async () => {
  const asked = { format: 'csv', encoding: 'gb18030' } as const
  // After all others, so that it stands on the list's first page.
  const at = new Date(NOW.getTime() + 1000)
  const { exportId, bytes, checksum, signedHead } = await save(stage.admin.actor, asked, at)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(await checksum).toBe(sha256)
  const row = await world.db.reportExport.findFirstOrThrow({ where: { id: exportId } })
  expect(row).toMatchObject({ contentSha256: sha256, rowCount: 3, signedHead, encoding: 'gb18030', format: 'csv' })
  const event = await world.db.auditEvent.findFirstOrThrow({
    where: { subjectId: exportId, action: 'report.exported' },
  })
  expect(event).toMatchObject({ action: 'report.exported', actorMemberId: stage.admin.memberId })
  expect(event.data).toEqual({ exportId, format: 'csv', rows: 3, contentSha256: sha256 })
  const { exports } = await listExports(stage.admin.actor)
  expect(exports.find((one) => one.exportId === exportId)).toMatchObject({
    ...{ contentSha256: sha256, byName: '教务处' },
    signedHead,
  })
  expect((await listExports(other.admin.actor)).exports).toEqual([])
})

test('asking what a file would be hands out nothing and writes nothing down', async () => {
  const { actor } = stage.admin
  const events = () => world.db.auditEvent.count({ where: { universityId: stage.university.universityId } })
  const before = await events()
  const described = await describeExport(actor, { format: 'csv', encoding: 'gb18030' }, { now: NOW })
  expect(described).toMatchObject({ format: 'csv', isGb18030: true })
  expect(described.fileName).toContain('学分汇总表 2026-11-10.csv')
  await expect(describeExport(stage.student.actor, {}, { now: NOW })).rejects.toEqual(refused('role_not_allowed'))
  expect(await events()).toBe(before)
})

test('a file that breaks for a reason of ours is in the log; one that its reader breaks off is not', async () => {
  const error = vi.fn()
  const deps = { now: NOW, log: { error } }
  const left = (await exportReport(stage.admin.actor, { format: 'csv' }, deps)).body
  await left.cancel()
  expect(error).not.toHaveBeenCalled()
  const broken = await exportReport(stage.admin.actor, { format: 'xlsx' }, deps)
  await world.db.$queryRaw`
    select pg_terminate_backend(pid)::text from pg_stat_activity
     where application_name = 'yuanfen report' and datname = current_database()`
  await expect(new Response(broken.body).arrayBuffer()).rejects.toThrow()
  const { exportId } = broken
  const { universityId } = stage.university
  expect(error.mock.calls).toEqual([['report_export_broke', { exportId, universityId, error: expect.any(Error) }]])
})

test('one export at a time for one admin; another admin need not wait', async () => {
  const broken = (await exportReport(stage.admin.actor, { format: 'xlsx' }, { now: NOW })).body.getReader()
  await broken.read()
  await broken.cancel()
  const first = await exportReport(stage.admin.actor, { format: 'xlsx' }, { now: NOW })
  await expect(exportReport(stage.admin.actor, { format: 'csv' }, { now: NOW })).rejects.toEqual(
    refused('export_running'),
  )
  await save(other.admin.actor, { format: 'csv' })
  await first.body.cancel()
  await save(stage.admin.actor, { format: 'csv' })
})

test('students and professors are refused; another university’s admin sees their own lines only', async () => {
  for (const { actor } of [stage.student, stage.professor]) {
    await expect(exportReport(actor, {}, { now: NOW })).rejects.toEqual(refused('role_not_allowed'))
    await expect(getReport(actor, {}, { language: 'en' })).rejects.toEqual(refused('role_not_allowed'))
    await expect(listExports(actor)).rejects.toEqual(refused('role_not_allowed'))
    await expect(getReportColumns(actor)).rejects.toEqual(refused('role_not_allowed'))
  }
  const { text } = await save(other.admin.actor, { format: 'csv' })
  expect(
    readCsv(text)
      .slice(1)
      .map((row) => row[0]),
  ).toEqual([other.student.number])
  expect(text).not.toContain(stage.student.number)
})

test('the university chooses columns, their order and headings; headings are disarmed too', async () => {
  const university = await makeUniversity(world)
  const admin = await makeMember(world, university, { roles: ['admin'] })
  const { fingerprint } = await getReportColumns(admin.actor)
  const column = (place: number, headerZh: string) => ({ shown: true, place, headerZh, headerEn: 'X' })
  const columns = {
    credit: column(1, '=学分'),
    studentNumber: column(2, '证件,号'),
    name: { ...column(0, '姓名'), shown: false },
  }
  await changeReportColumns(admin.actor, { columns, expected: fingerprint }, { now: NOW })
  const { text } = await save(admin.actor, { format: 'csv', encoding: 'utf-8' })
  expect(text).toBe(`'=学分,"证件,号"\n`)
  const event = await world.db.auditEvent.findFirstOrThrow({ where: { action: 'report.columns_changed' } })
  expect(event.data).toEqual({ columns: ['credit', 'studentNumber'] })
  await expect(changeReportColumns(admin.actor, { columns, expected: fingerprint })).rejects.toEqual(
    refused('columns_changed'),
  )
  await expect(
    changeReportColumns(admin.actor, { columns: {}, expected: (await getReportColumns(admin.actor)).fingerprint }),
  ).rejects.toEqual(refused('no_columns'))
})
