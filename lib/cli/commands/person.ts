import type { Command } from 'commander'
import { discardSealedToken } from '@/lib/accounts/discard-token'
import { type ErasureReport, erasePerson } from '@/lib/people/erase-person'
import { type OperatorOptions, operatorAt } from '../operator'
import { atUniversity, type Perform } from '../options'
import type { Outcome } from '../outcome'

type Options = OperatorOptions & { number: string; yes?: boolean; json?: boolean }

/** Commands about one person. */
export function addPerson(program: Command, perform: Perform): void {
  const person = program.command('person').description('a person at a university')
  atUniversity(person.command('erase'))
    .description('put a pseudonym in the place of who they are; it cannot be undone')
    .requiredOption('--number <number>', '学号 or staff number')
    .option('--yes', 'do it; left out: say what would go, and change nothing')
    .action((options: Options) => perform(() => erase(options), options))
}

async function erase(options: Options): Promise<Outcome> {
  const { number, yes = false } = options
  // The number itself is written down nowhere.
  const actor = await operatorAt(options, 'person erase')
  const { report, tokens } = await erasePerson(actor, { number, dryRun: !yes })
  for (const { platform, sealed, context } of tokens) await discardSealedToken(platform, sealed, context)
  if (yes)
    return {
      values: { erased: true, ...report },
      lines: [`Erased: ${inWords(report)}`, `It stands as ${report.pseudonym} now.`],
    }
  const { pseudonym: _, ...counts } = report
  return {
    values: { erased: false, ...counts },
    lines: [`Would erase: ${inWords(report)}`, 'Nothing was changed. With --yes it is done, and cannot be undone.'],
  }
}

function inWords({ entries, withdrawnClaims, accounts, wholePerson }: ErasureReport): string {
  const counted = `the particulars beside ${entries} ledger lines; ${withdrawnClaims} claims under way withdrawn; `
  return `${counted}${wholePerson ? `${accounts} accounts unlinked and nameless` : 'accounts kept, since another university has the person as a member'}`
}
