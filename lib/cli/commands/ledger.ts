import type { Command } from 'commander'
import { checkHead, type HeadVerdict } from '@/lib/ledger/check-head'
import { verifyLedger } from '@/lib/ledger/verify-ledger'
import type { LedgerVerdict } from '@/lib/ledger/view'
import { listNamedUniversities } from '@/lib/universities/find-universities'
import { type OperatorOptions, operatorAt } from '../operator'
import { atUniversity, type Perform, withReason } from '../options'
import type { Outcome } from '../outcome'
import { readInput } from '../read-input'

type Options = { university?: string; reason: string; operator?: string; json?: boolean }

/** Commands about the ledger. */
export function addLedger(program: Command, perform: Perform): void {
  const ledger = program.command('ledger').description('the ledger of credits')
  withReason(ledger.command('verify'))
    .description(
      'check the chain, and every figure from its evidence and rules; names the first line, or else the first filing, that does not hold',
    )
    .option('--university <slug>', 'only this one; left out: all of them')
    .action((options: Options) => perform(() => verify(options), options))
  atUniversity(ledger.command('check-head'))
    .description('compare the signed head of a report or filing that somebody kept with the ledger as it is now')
    .argument('<file>', 'the head as the report has it; - reads it from the input')
    .action((file: string, options: HeadOptions) => perform(() => checkKeptHead(file, options), options))
}

type HeadOptions = OperatorOptions & { json?: boolean }

async function checkKeptHead(file: string, options: HeadOptions): Promise<Outcome> {
  const jws = await readInput(file)
  const actor = await operatorAt(options, 'ledger check-head')
  const verdict = await checkHead(actor, { universityId: actor.universityId ?? '', jws })
  return { values: { ...verdict }, lines: [headInWords(verdict)], failed: !verdict.holds }
}

function headInWords(verdict: HeadVerdict): string {
  if (!verdict.holds && verdict.fault === 'not_signed')
    return 'not signed by a key of this deployment for this university'
  const { sequence, signedAt } = verdict
  const line = `line ${sequence}, signed ${signedAt}`
  return verdict.holds
    ? `${line}: the ledger still contains it`
    : `${line}: ${verdict.fault}, the ledger was rewritten since`
}

async function verify(options: Options): Promise<Outcome> {
  const verdicts: (LedgerVerdict & { university: string })[] = []
  for (const { slug } of await listNamedUniversities(options.university ?? null)) {
    const actor = await operatorAt({ ...options, university: slug }, 'ledger verify')
    const verdict = await verifyLedger(
      actor,
      { universityId: actor.universityId ?? '' },
      { now: new Date(), ...(options.json ? {} : { onProgress: showProgress(slug) }) },
    )
    verdicts.push({ ...verdict, university: slug })
  }
  const failed = verdicts.some(({ ok }) => !ok)
  return { values: { ledgers: verdicts }, lines: verdicts.map(inWords), failed }
}

function inWords(verdict: LedgerVerdict & { university: string }): string {
  const { university, lines } = verdict
  if (verdict.ok) return `${university}: all ${lines} lines hold; the newest is ${verdict.head.hash}`
  const { fault, data } = verdict
  const why = `${fault} ${JSON.stringify(data)}`
  if (verdict.filing !== null)
    return `${university}: filing ${verdict.filing} does not hold: ${why}; all ${lines} lines do`
  const entry = verdict.entryId === null ? '' : ` (entry ${verdict.entryId})`
  return `${university}: line ${verdict.sequence}${entry} does not hold: ${why}; ${lines} lines before it do`
}

/** Only where somebody watches: a log keeps the answer alone. */
function showProgress(university: string) {
  return (checked: number, total: number): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${university}: ${checked} of ${total}${checked === total ? '\n' : ''}`)
  }
}
