import { createHash, randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { endCatalogImport, insertCatalogImport, listOpenCatalogImports } from '@/lib/db/catalog-imports'
import { type Tx, withScope } from '@/lib/db/scope'
import { listOwnEntriesOfOwners } from '@/lib/db/university-catalog-entries'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { CatalogImportProblem, CatalogImportSummary, CatalogPlanLine } from './import-records'
import { parseCatalogFile } from './parse-catalog-file'
import { planCatalogFile } from './plan-catalog-file'

export type CatalogFile = { fileName: string; bytes: Uint8Array }

/**
 * Reads a file of the university's own words and keeps what it would do, for the admin to look at; nothing is written to the
 * catalog. The actor's earlier preview, if one is open, is discarded.
 * @throws AppError invalid with a code that says what is wrong with the file as a whole (see {@link parseCatalogFile})
 */
export async function previewCatalogFile(
  actor: MemberActor,
  { fileName, bytes }: CatalogFile,
  { now }: { now: Date },
): Promise<{ importId: string; summary: CatalogImportSummary }> {
  const { universityId, memberId } = actor
  assertCan(actor, 'catalog.override', { universityId })
  const parsed = parseCatalogFile(bytes)
  const fileSha256 = createHash('sha256').update(bytes).digest('hex')
  return withScope({ universityId }, async (tx) => {
    await discardOpen(tx, actor, now)
    const ownerKeys = parsed.rows.map(({ owner }) => owner.toLowerCase())
    const own = await listOwnEntriesOfOwners(tx, { universityId, ownerKeys })
    const planned = planCatalogFile(parsed.rows, own, parsed)
    const problems = [...parsed.problems, ...planned.problems].toSorted((a, b) => a.line - b.line)
    const summary = summaryOf(planned.lines, problems, parsed.unknownHeadings)
    const importId = randomUUID()
    const name = fileName
      .normalize('NFC')
      .replace(/\p{Cc}/gu, '')
      .slice(0, 200)
    const kept = {
      universityId,
      importId,
      memberId,
      fileSha256,
      lines: planned.lines,
      problems,
      summary,
      createdAt: now,
    }
    await insertCatalogImport(tx, { ...kept, fileName: name })
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.import_previewed',
      subject: { kind: 'catalog_import', id: importId },
      data: { fileSha256, rows: planned.lines.length + summary.bad, bad: summary.bad },
      occurredAt: now,
    })
    return { importId, summary }
  })
}

async function discardOpen(tx: Tx, actor: MemberActor, now: Date): Promise<void> {
  const { universityId, memberId } = actor
  for (const { id, fileSha256 } of await listOpenCatalogImports(tx, { universityId, memberId })) {
    await endCatalogImport(tx, { universityId, importId: id, state: 'discarded', now })
    await recordAuditEvent(tx, {
      actor,
      action: 'catalog.import_discarded',
      subject: { kind: 'catalog_import', id },
      data: { fileSha256 },
      occurredAt: now,
    })
  }
}

function summaryOf(
  lines: readonly CatalogPlanLine[],
  problems: readonly CatalogImportProblem[],
  unknownHeadings: readonly string[],
): CatalogImportSummary {
  const count = (kind: CatalogPlanLine['kind']) => lines.filter((line) => line.kind === kind).length
  return {
    new: count('new'),
    changed: count('changed'),
    removed: count('removed'),
    unchanged: count('unchanged'),
    bad: new Set(problems.map(({ line }) => line)).size,
    unknownHeadings: [...unknownHeadings],
  }
}
