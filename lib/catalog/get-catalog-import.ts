import { findCatalogImport, listCatalogPlanLines, listCatalogProblems } from '@/lib/db/catalog-imports'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { type CatalogImportSummary, catalogImportProblemSchema, catalogPlanLineSchema } from './import-records'
import type { CatalogImportQuery, CatalogImportView } from './schema'
import { toCatalogImport } from './to-view'
import type { CatalogImportPage } from './view'

const PAGE = 50

/**
 * An import with a page of its lines of one view; without one, of what most needs to be looked at.
 * @throws AppError not_found `catalog_import_not_found`
 */
export async function getCatalogImport(actor: MemberActor, query: CatalogImportQuery): Promise<CatalogImportPage> {
  const { universityId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const { importId, after } = query
  return withScope({ universityId }, async (tx) => {
    const row = await findCatalogImport(tx, { universityId, importId })
    if (row === null) throw new AppError('not_found', 'catalog_import_not_found')
    const head = toCatalogImport(row)
    const view = query.view ?? firstView(head.summary)
    const key = { universityId, importId, limit: PAGE + 1 }
    const page =
      view === 'problems'
        ? await problemsAfter(tx, { ...key, after })
        : await linesAfter(tx, { ...key, kind: view, after })
    return { ...head, view, ...page }
  })
}

function firstView(summary: CatalogImportSummary): CatalogImportView {
  if (summary.bad > 0) return 'problems'
  return (['changed', 'removed', 'new'] as const).find((kind) => summary[kind] > 0) ?? 'unchanged'
}

type PageOf = { universityId: string; importId: string; limit: number; after: number }
type Page = Pick<CatalogImportPage, 'lines' | 'problems' | 'nextAfter'>

async function problemsAfter(tx: Tx, { after, ...key }: PageOf): Promise<Page> {
  const rows = await listCatalogProblems(tx, { ...key, afterPlace: after })
  const shown = rows.slice(0, PAGE)
  return {
    lines: [],
    problems: shown.map(({ problem }) => catalogImportProblemSchema.parse(problem)),
    nextAfter: rows.length > PAGE ? (shown.at(-1)?.place ?? null) : null,
  }
}

async function linesAfter(tx: Tx, { after, ...key }: PageOf & { kind: string }): Promise<Page> {
  const rows = (await listCatalogPlanLines(tx, { ...key, afterLine: after })).map((line) =>
    catalogPlanLineSchema.parse(line),
  )
  const shown = rows.slice(0, PAGE)
  return { lines: shown, problems: [], nextAfter: rows.length > PAGE ? (shown.at(-1)?.line ?? null) : null }
}
