import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyCatalogFile } from '@/lib/catalog/apply-catalog-file'
import { discardCatalogFile } from '@/lib/catalog/discard-catalog-file'
import { exportOverrides } from '@/lib/catalog/export-overrides'
import { findCatalogLine } from '@/lib/catalog/find-catalog-line'
import { getCatalogImport } from '@/lib/catalog/get-catalog-import'
import { listCatalogImports } from '@/lib/catalog/list-catalog-imports'
import { overrideEntry } from '@/lib/catalog/override-entry'
import { previewCatalogFile } from '@/lib/catalog/preview-catalog-file'
import { catalogImportQuery, overrideInput } from '@/lib/catalog/schema'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

let world: TestWorld
let admin: TestMember
let student: TestMember
let elsewhere: TestMember

beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world?.close())
beforeEach(async () => {
  const university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  student = await makeMember(world, university)
  elsewhere = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
})

const HEADINGS = 'platform,owner,name,status,kind,tier,branches,reason,version'
const bytes = (...lines: string[]) => new TextEncoder().encode([HEADINGS, ...lines].join('\r\n'))
const preview = (content: Uint8Array, who = admin) =>
  previewCatalogFile(who.actor, { fileName: 'words.csv', bytes: content }, { now: NOW })
const apply = (importId: string, leaveOutBad = false) =>
  applyCatalogFile(admin.actor, { importId, leaveOutBad }, { now: NOW })
const page = (importId: string, view?: string) =>
  getCatalogImport(admin.actor, catalogImportQuery.parse({ importId, view: view ?? null }))
const line = (name: string) => findCatalogLine(student.actor, { platform: 'github', owner: 'octo', name })
const word = (name: string, over: object = {}) =>
  overrideEntry(
    admin.actor,
    overrideInput.parse({
      ...{ platform: 'github', owner: 'octo', name, status: 'included', kind: 'tool', tier: 'standard' },
      ...{ reason: '课程里常用', acceptedBranches: '', expectedVersion: '', ...over },
    }),
    { now: NOW },
  )
const exported = async (query: { encoding: 'utf-8-bom' | 'gb18030'; language: 'zh' | 'en' }) =>
  (await exportOverrides(admin.actor, query)).body
const UTF8 = { encoding: 'utf-8-bom', language: 'zh' } as const

describe('a file of own words', () => {
  test('is shown first, and writes nothing until it is confirmed', async () => {
    await word('changes')
    await word('stays')
    await word('goes')
    const { importId, summary } = await preview(
      bytes(
        'github,octo,fresh,included,agent,emerging,develop main,学生常用的智能体框架,',
        'GitHub,Octo,changes,不认定,,,,不再维护；不予认定',
        'github,octo,stays,included,,,,课程里常用,',
        'github,octo,goes,撤回,,,,,',
      ),
    )
    expect(summary).toMatchObject({ new: 1, changed: 1, removed: 1, unchanged: 1, bad: 0 })
    expect(await line('fresh')).toBeNull()
    const shown = await page(importId)
    expect(shown).toMatchObject({ view: 'changed', state: 'previewed', memberName: admin.name })
    expect(shown.lines[0]?.changes).toEqual([
      { field: 'status', from: 'included', to: 'excluded' },
      { field: 'reason', from: '课程里常用', to: '不再维护；不予认定' },
    ])
    await apply(importId)
    expect(await line('fresh')).toMatchObject({
      ...{ status: 'included', kind: 'agent', tier: 'emerging', acceptedBranches: ['develop', 'main'] },
      own: { version: 1 },
    })
    expect(await line('changes')).toMatchObject({ status: 'excluded', own: { version: 2 } })
    expect(await line('stays')).toMatchObject({ own: { version: 1 } })
    expect(await line('goes')).toBeNull()
    const events = await world.db.auditEvent.findMany({ where: { universityId: admin.universityId } })
    const count = (action: string) => events.filter((one) => one.action === action).length
    expect([count('catalog.import_previewed'), count('catalog.imported')]).toEqual([1, 1])
    expect([count('catalog.overridden'), count('catalog.override_removed')]).toEqual([5, 1])
    await expect(apply(importId)).rejects.toMatchObject({ code: 'catalog_import_ended' })
    expect((await page(importId, 'new')).lines).toEqual([])
  })

  test('names each bad cell and why; the good ones go in only where that is said', async () => {
    const { importId, summary } = await preview(
      bytes(
        'github,octo,fine,included,,,,课程里常用,',
        'github,octo,,maybe,robot,,,"=HYPERLINK(""http://evil.example"")",',
        'github,octo,twice,included,,,,课程里常用,',
        'github,OCTO,Twice,excluded,,,,课程里不用,',
        'github,octo,nothing,remove,,,,,',
        'github,octo,old,included,,,,课程里常用,4',
      ),
    )
    expect(summary).toMatchObject({ new: 1, bad: 5 })
    const { problems } = await page(importId)
    expect(problems.map(({ cell, code, other }) => [cell, code, other])).toEqual([
      ['D3', 'unknown_word', null],
      ['E3', 'unknown_word', null],
      ['H3', 'formula', null],
      ['B4', 'duplicate_line', 'B5'],
      ['B5', 'duplicate_line', 'B4'],
      ['D6', 'nothing_to_remove', null],
      ['I7', 'changed_since_export', null],
    ])
    await expect(apply(importId)).rejects.toMatchObject({ code: 'catalog_has_bad_rows' })
    expect(await line('fine')).toBeNull()
    await apply(importId, true)
    expect(await line('fine')).toMatchObject({ status: 'included' })
  })

  test('is written whole or not at all when somebody changed a line since the preview', async () => {
    await word('one')
    await word('two')
    const { importId } = await preview(
      bytes('github,octo,one,excluded,,,,不予认定的一个,', 'github,octo,two,excluded,,,,不予认定的另一个,'),
    )
    await word('two', { reason: '同事刚刚改过', expectedVersion: '1' })
    await expect(apply(importId)).rejects.toMatchObject({
      code: 'catalog_changed_since',
      details: { name: 'octo/two' },
    })
    expect(await line('one')).toMatchObject({ status: 'included', own: { version: 1 } })
    expect((await page(importId)).state).toBe('previewed')
  })

  test.each([
    ['', 'catalog_file_empty'],
    ['platform,owner\ngithub,octo', 'catalog_columns_missing'],
    ['platform,owner,status,状态\ngithub,octo,included,included', 'catalog_columns_repeated'],
    ['platform,owner,status\n', 'catalog_no_rows'],
    ['platform,owner,status\ngithub,"octo,included', 'catalog_quote_open'],
    [`platform,owner,status\n${'github,o,remove\n'.repeat(2001)}`, 'catalog_too_many_rows'],
    ['x'.repeat(1_048_577), 'catalog_file_too_large'],
  ])('as a whole is refused: %#', async (content, code) => {
    await expect(preview(new TextEncoder().encode(content))).rejects.toMatchObject({ kind: 'invalid', code })
  })

  test('is one’s university’s alone, and no student’s', async () => {
    const { importId } = await preview(bytes('github,octo,walled,included,,,,课程里常用,'))
    const there = { importId, leaveOutBad: false }
    for (const door of [
      () => applyCatalogFile(elsewhere.actor, there, { now: NOW }),
      () => discardCatalogFile(elsewhere.actor, { importId }, { now: NOW }),
      () => getCatalogImport(elsewhere.actor, catalogImportQuery.parse({ importId })),
    ]) {
      await expect(door()).rejects.toMatchObject({ kind: 'not_found' })
    }
    await expect(preview(bytes('github,o,n,included,,,,课程里常用,'), student)).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(exportOverrides(student.actor, UTF8)).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await listCatalogImports(elsewhere.actor, { cursor: null })).imports).toEqual([])
  })

  test('a second preview throws the first away, and so does its admin', async () => {
    const first = await preview(bytes('github,octo,first,included,,,,课程里常用,'))
    const second = await preview(bytes('github,octo,second,included,,,,课程里常用,'))
    expect((await page(first.importId)).state).toBe('discarded')
    await discardCatalogFile(admin.actor, second, { now: NOW })
    await expect(apply(second.importId)).rejects.toMatchObject({ code: 'catalog_import_ended' })
    expect((await listCatalogImports(admin.actor, { cursor: null })).imports.map(({ state }) => state)).toEqual([
      'discarded',
      'discarded',
    ])
  })
})

describe('an export', () => {
  test.each(['utf-8-bom', 'gb18030'] as const)('in %s comes back in as no change at all', async (encoding) => {
    await word('plain')
    await word('odd', { reason: '=SUM(A1) 的教程，"引号"和\n换行', acceptedBranches: 'develop, release-2.x' })
    await word('', { owner: 'whole-owner', status: 'excluded' })
    const body = await exported({ encoding, language: 'zh' })
    const text = new TextDecoder(encoding === 'gb18030' ? 'gb18030' : 'utf-8').decode(body)
    expect(text).toContain(`"'=SUM(A1) 的教程，""引号""和\n换行"`)
    expect(text.split('\r\n')[0]).toMatch(/平台,所有者,仓库,状态/)
    const { summary } = await preview(body)
    expect(summary).toMatchObject({ new: 0, changed: 0, removed: 0, unchanged: 3, bad: 0 })
  })

  test('begins with the mark that Excel wants, and is what one begins with when there is no word yet', async () => {
    const body = await exported({ encoding: 'utf-8-bom', language: 'en' })
    expect([...body.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(body)).toBe(
      'Platform,Owner,Repository,Status,Kind,Tier,Branches,Reason,Version\r\n',
    )
  })

  test('does not write over what a colleague changed since', async () => {
    await word('shared')
    const before = new TextDecoder().decode(await exported(UTF8))
    await word('shared', { reason: '同事刚刚改过', expectedVersion: '1' })
    const mine = new TextEncoder().encode(before.replace('included', 'excluded'))
    const { importId, summary } = await preview(mine)
    expect(summary).toMatchObject({ changed: 0, bad: 1 })
    expect((await page(importId)).problems).toMatchObject([
      { code: 'changed_since_export', column: 'version', value: '1' },
    ])
  })

  test('of more than a page holds all of them', async () => {
    const { universityId } = admin
    await world.db.universityCatalogEntry.createMany({
      data: Array.from({ length: 1203 }, (_, index) => ({
        ...{ universityId, platform: index % 2 ? 'gitee' : 'github', owner: 'Many', ownerKey: 'many' },
        ...{ name: `n${index}`, nameKey: `n${index}`, status: 'included', reason: '课程里常用', kind: 'tool' },
        ...{ landing: [{ rule: 'merged' }], acceptedBranches: [] },
      })),
    })
    const lines = new TextDecoder()
      .decode(await exported(UTF8))
      .trim()
      .split('\r\n')
    expect(new Set(lines).size).toBe(1204)
    expect((await preview(await exported(UTF8))).summary).toMatchObject({ unchanged: 1203, bad: 0 })
  })
})
