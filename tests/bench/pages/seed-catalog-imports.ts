import type pg from 'pg'
import type { CatalogImportSummary, CatalogPlanLine } from '@/lib/catalog/import-records'
import { type Cell, copyRows } from './copy-rows'
import { type BenchMember, type BenchUniversity, idOf } from './world'

const KIND = { import: 23 }
/** As many lines as a file may have. */
const LINES = 2_000

/** The id of the preview, the same at each university: its key begins with the university. */
export function catalogImportOf(_university: BenchUniversity): string {
  return idOf(KIND.import, 0)
}

/** A preview of a file as large as may be, at each university. */
export async function seedCatalogImports(
  client: pg.Client,
  { members, now }: { members: readonly BenchMember[]; now: Date },
): Promise<void> {
  const admins = new Map(members.filter(({ role }) => role === 'admin').map((admin) => [admin.university, admin]))
  const lines = Array.from({ length: LINES }, (_, index) => lineOf(index))
  const summary: CatalogImportSummary = {
    ...{ new: LINES, changed: 0, removed: 0, unchanged: 0, bad: 0 },
    unknownHeadings: [],
  }
  await copyRows(
    client,
    'catalog_import',
    ['university_id', 'id', 'member_id', 'file_name', 'file_sha256', 'rows', 'problems', 'summary', 'created_at'],
    [...admins].map(([university, { memberId }]): Cell[] => [
      ...[university.id, catalogImportOf(university), memberId, '本校目录.csv', '0'.repeat(64), { json: lines }],
      ...[{ json: [] }, { json: summary }, now],
    ]),
  )
}

function lineOf(index: number): CatalogPlanLine {
  return {
    ...{ line: index + 2, kind: 'new', platform: 'github', owner: 'octo-lab', name: `project-${index}` },
    word: {
      status: 'excluded',
      kind: 'tool',
      tier: 'standard',
      reason: '课程作业仓库，不予认定',
      acceptedBranches: [],
    },
    expectedVersion: null,
    changes: [],
  }
}
