import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { argumentsOf } from '@/scripts/check/icu-arguments'
import { findMessageFaults } from '@/scripts/check/message-keys'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function faultsOf(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'yuanfen-words-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return findMessageFaults(root).map((finding) => `${finding.file} ${finding.words}`)
}

/** Without what is found of words that no code of the test asks for. */
const withoutUnused = (found: readonly string[]) => found.filter((fault) => !fault.includes('is used by nothing'))

/** Faults of one message in both languages; null leaves it out. */
function faults(chinese: string | null, english: string | null): string[] {
  return withoutUnused(
    faultsOf({
      'messages/zh-CN/claims.json': JSON.stringify(chinese === null ? {} : { title: chinese }),
      'messages/en/claims.json': JSON.stringify(english === null ? {} : { title: english }),
    }),
  )
}

test.each([
  ['我的申请', 'My claims'],
  ['{count} 份申请', '{count, plural, one {# claim} other {# claims}}'],
  ['学分', '{hundredths, plural, one {credit} other {credits}}'],
  ['提交至教务处', 'Hand in to the academic affairs office (教务处)'],
  ['GitHub', 'GitHub'],
])('%s | %s is sound', (chinese, english) => {
  expect(faults(chinese, english)).toEqual([])
})

test.each([
  ['a key that English lacks', '我的申请', null, 'messages/en/claims.json title is missing'],
  ['a key that Chinese lacks', null, 'My claims', 'messages/zh-CN/claims.json title is missing'],
  ['another argument', '{count} 份申请', '{number} claims', 'uses number, the Chinese count'],
  [
    'a number that Chinese leaves out',
    '若干申请',
    '{count, plural, other {# claims}}',
    'uses count, the Chinese nothing',
  ],
  ['another tag', '<link>申请</link>', 'Claims', 'uses nothing, the Chinese <link>'],
  ['Chinese words in English', '我的申请', 'My 申请 list', 'has Chinese words'],
  ['Chinese punctuation in English', '好。', 'Fine。', 'has Chinese punctuation'],
  ['English words in Chinese', 'My claims', 'My claim list', 'is not in Chinese'],
  ['the same words in both', 'My claims', 'My claims', 'is the same in both languages'],
  ['half-width punctuation', '好,谢谢', 'Fine, thanks', 'half-width punctuation'],
  ['no words', '', 'Fine', 'is empty'],
  ['a brace that does not close', '{count', '{count', 'is not a message'],
])('%s is found', (_what, chinese, english, fault) => {
  expect(faults(chinese, english).join('\n')).toContain(fault)
})

test('a file that one language lacks is found', () => {
  expect(faultsOf({ 'messages/zh-CN/claims.json': '{"title":"申请"}' }).join()).toContain(
    'messages/en/claims.json is missing',
  )
})

test('a key that the code asks for and no language has is found', () => {
  const words = { 'messages/zh-CN/claims.json': '{"title":"申请"}', 'messages/en/claims.json': '{"title":"Claims"}' }
  const page = (key: string) => `const t = await getTranslations('claims')\nexport const page = () => t('${key}')\n`
  expect(faultsOf({ ...words, 'app/page.tsx': page('title') })).toEqual([])
  expect(withoutUnused(faultsOf({ ...words, 'app/page.tsx': page('titel') }))).toEqual([
    'app/page.tsx no language has claims . titel',
  ])
  const together = page('titel')
    .replace('const t = await', 'const [t, locale] = await Promise.all([')
    .replace(')\n', '), getLocale()])\n')
  expect(withoutUnused(faultsOf({ ...words, 'app/page.tsx': together }))).toHaveLength(1)
})

test('punctuation that code puts behind a message is found', () => {
  const words = { 'messages/zh-CN/claims.json': '{"title":"申请"}', 'messages/en/claims.json': '{"title":"Claims"}' }
  // A template's own sign cannot stand in a plain text here.
  const page = (shown: string) =>
    `const t = useTranslations('claims')\nexport const page = () => ${shown.replaceAll('€', '$')}\n`
  for (const shown of [
    "<p>{t('title')}: <b>x</b></p>",
    "`€{t('title', { a: 1 })}: €{'x'}`",
    "<p>{t('title')}, {1}</p>",
  ]) {
    expect(faultsOf({ ...words, 'app/page.tsx': page(shown) })).toEqual([
      'app/page.tsx puts half-width punctuation behind a message: write it into the message',
    ])
  }
  const sound = "({ a: { b: t('title') }, c: `€{t('title')} · x`, d: <i title={t('title')}>x: y</i> })"
  expect(faultsOf({ ...words, 'app/page.tsx': page(sound) })).toEqual([])
})

test('a key that nothing asks for is found; what is put together, passed on or a code is not', () => {
  const unused = (keys: Record<string, unknown>, page: string, part = '') =>
    faultsOf({
      'messages/zh-CN/claims.json': JSON.stringify(keys),
      'messages/en/claims.json': JSON.stringify(keys),
      'app/page.tsx': `const t = await getTranslations('claims')\n${page.replaceAll('€', '$')}`,
      'components/part.tsx': part,
    }).filter((fault) => fault.includes('is used by nothing'))
  expect(unused({ title: 'x' }, '')).toEqual(['messages/en/claims.json title is used by nothing'])
  expect(unused({ title: 'x' }, "t('title')")).toEqual([])
  expect(unused({ state: { draft: 'x' }, other: 'x' }, 't(`state.€{state}`)')).toEqual([
    'messages/en/claims.json other is used by nothing',
  ])
  // Said in a namespace of its own, it is not said in this one.
  expect(unused({ title: 'x' }, '', "const t = useTranslations('reviews')\nt('title')")).toHaveLength(1)
  expect(unused({ title: 'x' }, '', "function Part({ t }: { t: Words }) { return t('title') }")).toEqual([])
  expect(unused({ errors: { claim_changed: 'x' } }, "new AppError('conflict', 'claim_changed')")).toEqual([])
  expect(unused({ errors: { claim_gone: 'x' } }, '')).toHaveLength(1)
})

test('arguments are read through nesting and quotes', () => {
  expect(
    [
      ...argumentsOf(
        "{n, plural, one {<b>{name}</b>} other {# {kind, select, a {x} other {{date, date, long}}}}} '{no}'",
      ),
    ].sort(),
  ).toEqual(['<b>', 'date', 'kind', 'n', 'name'])
})
