import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { applyRoster } from '@/lib/people/apply-roster'
import { discardRoster } from '@/lib/people/discard-roster'
import { getRosterImport } from '@/lib/people/get-roster-import'
import { previewRoster } from '@/lib/people/preview-roster'
import type { RosterActor } from '@/lib/people/roster-actor'
import type { RosterProblem } from '@/lib/people/view'
import { type OperatorOptions, operatorAt } from './operator'
import type { Outcome } from './outcome'

export type ImportOptions = OperatorOptions & { dryRun?: boolean; leaveOutBad?: boolean }

/** Brings a roster in, or says what it would do; bad rows are named cell by cell, since the preview is not kept. */
export async function importRoster(file: string, options: ImportOptions): Promise<Outcome> {
  const bytes = await readFile(file)
  const actor = await operatorAt(options, 'import-roster')
  const now = new Date()
  const { importId, summary } = await previewRoster(actor, { fileName: basename(file), bytes }, { now })
  const problems = summary.bad === 0 ? [] : await readProblems(actor, importId)
  const { new: added, changed, unchanged, bad } = summary
  const counts = `${added} new, ${changed} changed, ${unchanged} unchanged, ${bad} bad`
  const answer = (applied: boolean, ending: string): Outcome => ({
    values: { applied, summary, problems },
    lines: [counts, ...problems.map(inWords), ending],
  })
  if (options.dryRun) {
    await discardRoster(actor, { importId }, { now })
    return answer(false, 'Nothing was changed.')
  }
  if (bad > 0 && !options.leaveOutBad) {
    await discardRoster(actor, { importId }, { now })
    const hint = 'Nothing was changed: put the bad rows right, or leave them out with --leave-out-bad.'
    return { ...answer(false, hint), failed: true }
  }
  await applyRoster(actor, { importId, leaveOutBad: options.leaveOutBad ?? false }, { now })
  return answer(true, 'Done.')
}

async function readProblems(actor: RosterActor, importId: string): Promise<RosterProblem[]> {
  const problems: RosterProblem[] = []
  let after: number | null = 0
  while (after !== null) {
    const page = await getRosterImport(actor, { importId, view: 'problems', after })
    problems.push(...page.problems)
    after = page.nextAfter
  }
  return problems
}

/** `B3 name required ""`. The content stands in quotes as JSON has them, so that it cannot play tricks on a terminal. */
function inWords({ cell, column, code, value, other }: RosterProblem): string {
  const clash = other === null ? '' : ` (${other})`
  return `${cell} ${column}: ${code} ${JSON.stringify(value)}${clash}`
}
