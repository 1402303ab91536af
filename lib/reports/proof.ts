import type { FilingRow } from '@/lib/db/filings'
import type { UniversityName } from '@/lib/db/universities'
import { formatHundredths } from '@/lib/domain/hundredths'
import type { ChainHead } from '@/lib/domain/ledger'
import { disarmCell } from '@/lib/domain/spreadsheet-cell'
import type { exportSchema } from './schema'

type Proven = {
  university: UniversityName
  filing: FilingRow | null
  asked: ReturnType<typeof exportSchema.parse>
  totals: { entries: number; hundredths: number }
  head: ChainHead
  signedHead: string
  now: Date
}

/** What vouches for a workbook's lines, on a sheet of its own: of a filing only what will be the same for good. */
export function proofOf(proven: Proven): (readonly [string, string])[] {
  const { university, filing, asked, totals, head, signedHead, now } = proven
  const english = asked.language === 'en'
  const say = (zh: string, en: string, value: string): readonly [string, string] => [english ? en : zh, value]
  // A university may be renamed; what was filed stays as it is.
  const name = filing ? university.slug : disarmCell(english ? university.nameEn : university.nameZh)
  const sums = [
    say('高校', 'University', name),
    say('行数', 'Lines', String(totals.entries)),
    say('学分合计', 'Credit in all', formatHundredths(totals.hundredths)),
  ]
  const origin = filing
    ? [
        say('备案批次', 'Filing', `${filing.termCode}-${filing.ordinal}`),
        say('备案时间', 'Filed at', filing.createdAt.toISOString()),
        say('各笔哈希之汇总', 'Digest of the lines', `sha256:${filing.entriesSha256}`),
      ]
    : [
        say('筛选', 'Filter', JSON.stringify(filterText(asked))),
        say('导出时间', 'Exported at', now.toISOString()),
        say('流水末笔', 'Newest ledger line', `${head.sequence} sha256:${head.hash}`),
      ]
  return [
    say('核验信息', 'Proof', ''),
    ...sums,
    ...origin,
    say('签名（JWS，Ed25519）', 'Signature (JWS, Ed25519)', signedHead),
    say('公钥', 'Public keys', '/api/ledger/keys'),
  ]
}

function filterText({ format: _, encoding: __, filingId: ___, language: ____, ...filter }: Proven['asked']) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
}
