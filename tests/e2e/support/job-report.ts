import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import { parseCsv, readXlsx } from 'hucre'
import { formatHundredths } from '@/lib/domain/hundredths'
import { type Chosen, personOf } from '@/tests/e2e/support/outside'
import { askDatabase } from '@/tests/e2e/support/stack-database'
import type { Words } from '@/tests/e2e/support/words'

export type Awarded = { number: string; claimId: string; chosen: readonly Chosen[]; hundredths: number }
export type Exported = { headings: string[]; rows: string[][]; sha256: string }

/** Columns by their place. */
const TIER = 7
const CREDIT = 8
const TIERS = { flagship: '旗舰', standard: '标准', emerging: '新兴' } as const

/** The cells that a report must hold for an award, from the world, the registrar and the rules. */
export async function expectedRow({ number, claimId, chosen, hundredths }: Awarded, term: string): Promise<string[]> {
  const { name, college, programme, className } = await personOf(number)
  const [line] = await askDatabase(
    `select sequence::text, hash, to_char(issued_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
     from credit_entry where claim_id = $1`,
    [claimId],
  )
  const repositories = [...new Set(chosen.map(({ pullRequest }) => pullRequest.fullName))].sort().join('; ')
  const tiers = [...new Set(chosen.map(({ tier }) => TIERS[tier]))].sort().join('、')
  const proof = `yunlu-${line?.sequence} sha256:${line?.hash}`
  const person = [number, name, college, programme ?? '', className ?? '']
  const credit = [formatHundredths(hundredths), '认定', String(line?.day), proof]
  return [...person, term, repositories, tiers, ...credit, '', String(line?.sequence)]
}

/** Fetches a file as a person does, by the button below its form. */
export async function download(page: Page, form: Locator, format: 'xlsx' | 'csv', words: Words): Promise<Exported> {
  await form.getByRole('radio', { name: words(`reports.export.${format}.label`) }).check()
  const waiting = page.waitForEvent('download')
  await form.getByRole('button').click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`))
  const bytes = readFileSync(await file.path())
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const [headings = [], ...rows] = format === 'xlsx' ? await readSheet(bytes) : readText(bytes)
  return { headings, rows: rows.map(sortTiers), sha256 }
}

/** In which order the tiers of one line stand is the database's affair. */
function sortTiers(row: readonly string[]): string[] {
  return row.map((cell, index) => (index === TIER ? cell.split('、').sort().join('、') : cell))
}

async function readSheet(bytes: Buffer): Promise<string[][]> {
  const { sheets } = await readXlsx(bytes)
  // Above the headings stand the title and what the file holds, below the lines their sum and room for hands and stamps.
  const cells = (sheets[0]?.rows ?? []).slice(2, -4)
  // Ids are text in the file itself: what is a number here would have lost its zeros.
  for (const row of cells.slice(1)) expect(typeof row[0]).toBe('string')
  return cells.map((row) => row.map((cell, index) => textOf(cell, index === CREDIT)))
}

/** Credit is a number with two decimals; the ledger number is one without. */
function textOf(cell: unknown, isCredit: boolean): string {
  return typeof cell === 'number' && isCredit ? cell.toFixed(2) : String(cell ?? '')
}

function readText(bytes: Buffer): string[][] {
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  return parseCsv(bytes.toString('utf8').replace(/^\ufeff/, '')).map((row) => row.map((cell) => String(cell ?? '')))
}
