import type { OwnEntryRow } from '@/lib/db/university-catalog-entries'
import { CATALOG_KINDS, CATALOG_TIERS, OWN_STATUSES } from '@/lib/domain/catalog'
import type { CatalogImportProblem, CatalogLineKind, CatalogPlanLine, FileWord } from './import-records'
import { keyOf, type ParsedCatalogFile, type ParsedCatalogRow } from './parse-catalog-file'

type Planned = { line: CatalogPlanLine } | { problem: CatalogImportProblem }
type Place = Pick<ParsedCatalogFile, 'problemAt'>

/**
 * What each row would do to the university's own words. An empty cell, or a column that the file has not, leaves what is
 * known. A row with the version of an export holds only while that version is the newest. Words that are not in the file
 * stay.
 */
export function planCatalogFile(
  rows: readonly ParsedCatalogRow[],
  own: readonly OwnEntryRow[],
  place: Place,
): { lines: CatalogPlanLine[]; problems: CatalogImportProblem[] } {
  const byKey = new Map(own.map((entry) => [`${entry.platform}:${entry.ownerKey}/${entry.nameKey}`, entry]))
  const planned = rows.map((row) => planRow(row, byKey.get(keyOf(row)) ?? null, place))
  return {
    lines: planned.flatMap((one) => ('line' in one ? [one.line] : [])),
    problems: planned.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  }
}

function planRow(row: ParsedCatalogRow, own: OwnEntryRow | null, place: Place): Planned {
  const before = own && wordOf(own)
  const isRemoval = row.status === 'remove'
  if (isRemoval && own === null) return problem(row, 'nothing_to_remove', place)
  const word = isRemoval ? before : wordAfter(row, before)
  if (word === null) return problem(row, 'nothing_to_remove', place)
  const changes = isRemoval ? [] : changesOf(before, word)
  const kind: CatalogLineKind = isRemoval
    ? 'removed'
    : before === null
      ? 'new'
      : changes.length > 0
        ? 'changed'
        : 'unchanged'
  // What says the same as is there does no harm, whoever wrote it meanwhile.
  if (kind !== 'unchanged' && row.version !== null && row.version !== (own?.version ?? null)) {
    return problem(row, 'changed_since_export', place)
  }
  const { line, platform, owner, name } = row
  return { line: { line, kind, platform, owner, name, word, expectedVersion: own?.version ?? null, changes } }
}

function problem(row: ParsedCatalogRow, code: CatalogImportProblem['code'], { problemAt }: Place): Planned {
  const column = code === 'changed_since_export' ? 'version' : 'status'
  const value = code === 'changed_since_export' ? String(row.version ?? '') : row.status
  return { problem: { ...problemAt(row.line, column), code, value, other: null } }
}

function wordOf(own: OwnEntryRow): FileWord | null {
  const status = OWN_STATUSES.find((one) => one === own.status)
  const kind = CATALOG_KINDS.find((one) => one === own.kind)
  const tier = CATALOG_TIERS.find((one) => one === own.tier)
  if (status === undefined || kind === undefined || tier === undefined) return null
  return { status, kind, tier, reason: own.reason, acceptedBranches: own.acceptedBranches }
}

function wordAfter(row: ParsedCatalogRow, before: FileWord | null): FileWord | null {
  if (row.status === 'remove') return null
  return {
    status: row.status,
    kind: row.kind ?? before?.kind ?? 'tool',
    tier: row.tier ?? before?.tier ?? 'standard',
    reason: row.reason,
    acceptedBranches: row.branches ?? before?.acceptedBranches ?? [],
  }
}

const FIELDS = ['status', 'kind', 'tier', 'reason', 'acceptedBranches'] as const

function changesOf(before: FileWord | null, after: FileWord): CatalogPlanLine['changes'] {
  if (before === null) return []
  return FIELDS.map((field) => ({ field, from: String(before[field]), to: String(after[field]) })).filter(
    ({ from, to }) => from !== to,
  )
}
