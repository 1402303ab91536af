import { findRosterImport, listPlanLines, listRosterProblems } from '@/lib/db/roster-imports'
import { type Tx, withScope } from '@/lib/db/scope'
import { AppError } from '@/lib/domain/errors'
import { type RosterActor, rosterPlace } from './roster-actor'
import { planLineSchema, type RosterSummary, rosterProblemSchema } from './roster-records'
import type { RosterPageQuery, RosterView } from './schema'
import { toRosterImport } from './to-view'
import type { RosterImportPage } from './view'

const PAGE = 50

/**
 * An import with a page of its lines of one view; without one, of what most needs to be looked at.
 * @throws AppError not_found `roster_import_not_found`
 */
export async function getRosterImport(actor: RosterActor, query: RosterPageQuery): Promise<RosterImportPage> {
  const { universityId } = rosterPlace(actor)
  const { importId, after } = query
  return withScope({ universityId }, async (tx) => {
    const row = await findRosterImport(tx, { universityId, importId })
    if (row === null) throw new AppError('not_found', 'roster_import_not_found')
    const head = toRosterImport(row)
    const view = query.view ?? firstView(head.summary)
    const key = { universityId, importId, limit: PAGE + 1 }
    const page =
      view === 'problems'
        ? await problemsAfter(tx, { ...key, after })
        : await linesAfter(tx, { ...key, kind: view, after })
    return { ...head, view, ...page }
  })
}

function firstView(summary: RosterSummary): RosterView {
  if (summary.bad > 0) return 'problems'
  return summary.changed > 0 || summary.new === 0 ? 'changed' : 'new'
}

type PageOf = { universityId: string; importId: string; limit: number; after: number }
type Page = Pick<RosterImportPage, 'lines' | 'problems' | 'nextAfter'>

async function problemsAfter(tx: Tx, { after, ...key }: PageOf): Promise<Page> {
  const rows = await listRosterProblems(tx, { ...key, afterPlace: after })
  const shown = rows.slice(0, PAGE)
  return {
    lines: [],
    problems: shown.map(({ problem }) => rosterProblemSchema.parse(problem)),
    nextAfter: rows.length > PAGE ? (shown.at(-1)?.place ?? null) : null,
  }
}

async function linesAfter(tx: Tx, { after, ...key }: PageOf & { kind: string }): Promise<Page> {
  const rows = (await listPlanLines(tx, { ...key, afterLine: after })).map((line) => planLineSchema.parse(line))
  const shown = rows.slice(0, PAGE)
  return { lines: shown, problems: [], nextAfter: rows.length > PAGE ? (shown.at(-1)?.line ?? null) : null }
}
