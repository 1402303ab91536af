import type { MemberActor } from '@/lib/domain/actor'
import { exportReport } from '@/lib/reports/export-report'
import type { ExportInput } from '@/lib/reports/schema'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { makeContribution, makeRepository, NOW, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from '@/tests/integration/reviews/stage'

export type ReportStage = Stage & {
  /** A claim over so many contributions, endorsed and approved: one line of the ledger. */
  award: (count: number, options?: Partial<Parameters<Stage['claimOf']>[1]>, at?: Date) => Promise<string>
}

/** A university with everybody who takes part, and a short way to lines of the ledger. */
export async function setReportStage(world: TestWorld): Promise<ReportStage> {
  const stage = await setStage(world)
  const award: ReportStage['award'] = async (count, options = {}, at = NOW) => {
    const contributions = []
    for (let index = 0; index < count; index += 1) {
      const repository = await makeRepository(world)
      contributions.push(await makeContribution(world, { repository, author: stage.author }))
    }
    const { claimId } = await stage.claimOf(0, { contributions, ...options })
    const endorsed = { claimId, version: 1, action: 'endorse' } as const
    await decideClaim(stage.professor.actor, endorsed, { now: at })
    await decideClaim(stage.admin.actor, { claimId, version: 2, action: 'approve' }, { now: at })
    const entry = await world.db.creditEntry.findFirstOrThrow({ where: { claimId, kind: 'award' } })
    return entry.id
  }
  return { ...stage, award }
}

/** A whole export, as a browser saves it. */
export async function save(actor: MemberActor, input: ExportInput, now = NOW) {
  const made = await exportReport(actor, input, { now })
  const bytes = new Uint8Array(await new Response(made.body).arrayBuffer())
  return { ...made, bytes, text: new TextDecoder().decode(bytes) }
}

/** A CSV of ours as rows of cells; lines end with a line feed. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)) {
    if (quoted === undefined && plain === '' && end === '') break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\n') rows.push([])
  }
  return rows.filter((row) => row.length > 0)
}
