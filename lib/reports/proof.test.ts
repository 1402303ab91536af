import { beforeAll, expect, test } from 'vitest'
import type { FilingRow } from '@/lib/db/filings'
import { DEFAULT_REPORT_COLUMNS } from '@/lib/domain/report-columns'
import { setAppEnv, TEST_APP_URL } from '@/tests/setup/app-env'
import { wordsOf } from './proof'
import { exportSchema } from './schema'

beforeAll(() => setAppEnv())

const university = { id: 'u', slug: 'yunlu', nameZh: '今名大学', nameEn: 'New Name', timeZone: 'Asia/Shanghai' }
const filing: FilingRow = {
  ...{ id: 'f', termId: 't', termCode: '2026-2027-1', ordinal: 2, entryCount: 3, totalHundredths: 30, lastSequence: 9 },
  ...{ entriesSha256: 'ab12', signedHead: 'a.b.c', columns: [...DEFAULT_REPORT_COLUMNS], byName: '教务处' },
  ...{ universityNameZh: '=旧名大学', universityNameEn: 'Old Name', keysUrl: 'https://old.example/api/ledger/keys' },
  createdAt: new Date('2026-11-10T04:00:00Z'),
}
const rest = { termName: null, totals: { entries: 3, hundredths: 30 }, signedHead: 'a.b.c' }
const head = { universityId: 'u', sequence: 9, hash: 'cd34' }

test('a filing’s file says what was so on its day, whatever it is called now and wherever its keys are', () => {
  const asked = exportSchema.parse({ filingId: '019aa000-0000-7000-8000-000000000000' })
  const { title, note, proof } = wordsOf({ ...rest, university, filing, asked, head, now: new Date() })
  expect(title).toBe(`'=旧名大学开源贡献学分汇总表`)
  expect(note).toBe('备案批次：2026-2027-1-2　备案时间：2026-11-10 12:00:00 (Asia/Shanghai)')
  expect(Object.fromEntries(proof)).toEqual({
    ...{ 高校: `'=旧名大学`, 行数: '3', 学分合计: '0.30', 备案批次: '2026-2027-1-2' },
    ...{ 备案时间: '2026-11-10 12:00:00 (Asia/Shanghai)', 明细哈希汇总值: 'sha256:ab12' },
    ...{ '签名（JWS，Ed25519）': 'a.b.c', 公钥: 'https://old.example/api/ledger/keys' },
  })
})

test('a report’s file says how it is narrowed, when it was made and where the keys are', () => {
  const asked = exportSchema.parse({ language: 'en', college: '=1+1', to: '2026-11-30' })
  const now = new Date('2026-12-01T20:30:00Z')
  const { note, proof } = wordsOf({ ...rest, university, filing: null, asked, head, now })
  expect(note).toBe(
    'Holds: college: =1+1; credited up to 2026-11-30, included. Exported at 2026-12-02 04:30:00 (Asia/Shanghai)',
  )
  expect(new Map(proof).get('Public keys')).toBe(`${TEST_APP_URL}/api/ledger/keys`)
  expect(new Map(proof).get('Newest ledger line')).toBe('9 sha256:cd34')
})
