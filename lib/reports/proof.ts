import { ledgerKeysUrl } from '@/lib/config/ledger-signing'
import type { FilingRow } from '@/lib/db/filings'
import type { UniversityName } from '@/lib/db/universities'
import { formatHundredths } from '@/lib/domain/hundredths'
import type { ChainHead } from '@/lib/domain/ledger'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import { momentOf } from '@/lib/domain/term'
import { filterInWords } from './filter-in-words'
import type { exportSchema } from './schema'

type Proven = {
  university: UniversityName
  filing: FilingRow | null
  asked: ReturnType<typeof exportSchema.parse>
  /** Of the term that is asked for, in the file's language. */
  termName: string | null
  totals: { entries: number; hundredths: number }
  head: ChainHead
  signedHead: string
  now: Date
}

/** What a workbook says beside its lines, in the file's language. */
export type WorkbookWords = {
  /** On top of the lines. */
  title: string
  note: string
  /** On a sheet of its own: what vouches for the lines. */
  proof: readonly (readonly [string, string])[]
}

/** What a workbook says beside its lines: of a filing only what will be the same for good. */
export function wordsOf(proven: Proven): WorkbookWords {
  const { university, filing, asked, totals, head, signedHead, now } = proven
  const { timeZone } = university
  const english = asked.language === 'en'
  const say = (zh: string, en: string) => (english ? en : zh)
  const names = filing ? [filing.universityNameZh, filing.universityNameEn] : [university.nameZh, university.nameEn]
  const name = disarmCell(names[english ? 1 : 0] ?? '')
  const made = `${momentOf(filing?.createdAt ?? now, timeZone)} (${timeZone})`
  const batch = filing ? `${filing.termCode}-${filing.ordinal}` : ''
  const filter = disarmCell(filterInWords(asked, { termName: proven.termName, language: asked.language }))
  const origin = filing
    ? [
        [say('备案批次', 'Filing'), batch],
        [say('备案时间', 'Filed at'), made],
        [say('明细哈希汇总值', 'Digest of the lines'), `sha256:${filing.entriesSha256}`],
      ]
    : [
        [say('筛选', 'Filter'), filter],
        [say('导出时间', 'Exported at'), made],
        [say('流水末笔', 'Newest ledger line'), `${head.sequence} sha256:${head.hash}`],
      ]
  const lines: [string, string][] = [
    [say('高校', 'University'), name],
    [say('行数', 'Lines'), String(totals.entries)],
    [say('学分合计', 'Credit in all'), formatHundredths(totals.hundredths)],
    ...origin.map(([label = '', value = '']): [string, string] => [label, value]),
    [say('签名（JWS，Ed25519）', 'Signature (JWS, Ed25519)'), signedHead],
    [say('公钥', 'Public keys'), filing ? (filing.keysUrl ?? '/api/ledger/keys') : ledgerKeysUrl()],
  ]
  return {
    title: say(`${name}开源贡献学分汇总表`, `${name}: credit for open-source contributions`),
    note: filing
      ? say(`备案批次：${batch}　备案时间：${made}`, `Filing ${batch}, filed at ${made}`)
      : say(`范围：${filter}　导出时间：${made}`, `Holds: ${filter}. Exported at ${made}`),
    proof: lines,
  }
}
