import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { formatHundredths } from '@/lib/domain/hundredths'
import { LEDGER_ENTRY_KINDS } from '@/lib/domain/ledger'
import { REPORT_LANGUAGES } from '@/lib/domain/report-columns'
import { exportReport } from '@/lib/reports/export-report'
import { findNamed, type NamedSelection } from '@/lib/reports/name-selection'
import { CSV_ENCODINGS, EXPORT_FORMATS, exportSchema, REPORT_STATES } from '@/lib/reports/schema'
import { type OperatorOptions, operatorAt } from '../operator'
import { atUniversity, type Perform } from '../options'
import type { Outcome } from '../outcome'

type Options = OperatorOptions & NamedSelection & { json?: boolean; output: string; format: string }

/** The report as a file. */
export function addReport(program: Command, perform: Perform): void {
  atUniversity(program.command('report'))
    .description('write what was credited to a file, as the admins download it')
    .requiredOption('--output <path>', 'the file; one that is there is replaced when the new one is whole')
    .addOption(
      new Option('--format <format>', 'xlsx to be filed, csv for programs').choices(EXPORT_FORMATS).default('xlsx'),
    )
    .addOption(new Option('--encoding <encoding>', 'of a CSV').choices(CSV_ENCODINGS).default('utf-8-bom'))
    .addOption(new Option('--language <language>', 'of the file').choices(REPORT_LANGUAGES).default('zh-CN'))
    .addOption(new Option('--state <state>', 'filed or not').choices(REPORT_STATES).default('all'))
    .option('--term <code>', 'only of this term, 2026-2027-1')
    .option('--college <name>', 'only of this college')
    .option('--programme <name>', 'only of this programme')
    .option('--from <day>', 'credited from this day on, 2026-09-01')
    .option('--to <day>', 'up to this day, included')
    .addOption(new Option('--kind <kind>', 'only lines of this kind').choices(LEDGER_ENTRY_KINDS))
    .option('--filing <name>', 'the lines of this filing: its term and number, 2026-2027-1-2')
    .action((options: Options) => perform(() => writeReport(options), options))
}

async function writeReport(options: Options): Promise<Outcome> {
  const asked = exportSchema.parse(options)
  const actor = await operatorAt(options, 'report')
  const input = { ...asked, ...(await findNamed(actor, options)) }
  const report = await exportReport(actor, input)
  const unfinished = `${options.output}.part`
  try {
    await pipeline(piecesOf(report.body), createWriteStream(unfinished))
    await rename(unfinished, options.output)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  const { exportId, totals, signedHead } = report
  const contentSha256 = await report.checksum
  const { output, format } = options
  return {
    values: { exportId, output, format, ...totals, contentSha256, signedHead },
    lines: [
      `${output}: ${totals.entries} entries, ${formatHundredths(totals.hundredths)} credits`,
      `sha256 ${contentSha256}`,
    ],
  }
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* body
}
