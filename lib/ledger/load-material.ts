import { listClaimedFacts, listGivenYeses, listNamedClaims } from '@/lib/db/ledger-grounds'
import { listDiffDigests, listEarlierLines, listStoredEvidence, type StoredLine } from '@/lib/db/ledger-verification'
import type { Tx } from '@/lib/db/scope'
import type { Material } from './check-line'

type Loading = { universityId: string; lines: readonly StoredLine[] }

/** Everything that a page of lines is checked against: six queries, whatever their number. */
export async function loadMaterial(tx: Tx, { universityId, lines }: Loading): Promise<Omit<Material, 'policy'>> {
  const bodies = lines.map(({ line }) => line.body)
  const claimIds = bodies.flatMap(({ kind, claimId }) => (kind === 'award' && claimId !== null ? [claimId] : []))
  const named = { universityId, claimIds }
  const evidence = await listStoredEvidence(tx, named)
  return {
    claims: await listNamedClaims(tx, named),
    claimed: await listClaimedFacts(tx, named),
    yeses: await listGivenYeses(tx, named),
    earlier: await listEarlierLines(tx, {
      universityId,
      memberIds: [...new Set(bodies.map(({ memberId }) => memberId))],
      upToSequence: bodies.at(-1)?.sequence ?? 0,
    }),
    evidence,
    diffs: await listDiffDigests(tx, { universityId, evidenceIds: evidence.map(({ id }) => id) }),
  }
}
