import {
  type ContributionInput,
  type ContributionRow,
  listContributionsByNumber,
  listLandedByTitle,
  saveLanding,
} from '@/lib/db/contributions'
import type { Tx } from '@/lib/db/scope'
import { findRevertedTitle } from '@/lib/domain/revert'
import type { WarningCode } from '@/lib/domain/warnings'
import { enqueue } from '@/lib/queue/enqueue'
import { landingOf } from './to-contribution'

/** A landed change that says it reverts others takes back the stored ones that it names by number or quotes by title. */
export async function takeBackReverted(tx: Tx, row: ContributionInput): Promise<void> {
  const at = row.landing.landedAt
  if (at === null) return
  for (const target of await findRevertTargets(tx, row, at)) {
    if (target.landingState !== 'landed' || target.landedAt === null || target.landedAt > at) continue
    const landing = landingOf(target)
    const proof = [...landing.proof, { fact: 'reverted_by', value: `#${row.number}` }]
    if (await saveLanding(tx, target, { ...landing, state: 'reverted', proof })) await warnClaims(tx, target.id)
  }
}

async function findRevertTargets(tx: Tx, row: ContributionInput, at: Date): Promise<ContributionRow[]> {
  const { repositoryId } = row
  const numbers = Array.isArray(row.reverts) ? row.reverts : []
  if (numbers.length > 0) {
    return listContributionsByNumber(
      tx,
      numbers.map((number) => ({ repositoryId, number })),
    )
  }
  const title = findRevertedTitle(row.title)
  const quoted = title === null ? [] : await listLandedByTitle(tx, { repositoryId, title, before: at })
  return quoted.length === 1 ? quoted : []
}

/** Claims that hold the contribution are warned by a job, once this is committed. */
export async function warnClaims(
  tx: Tx,
  contributionId: string,
  code: Extract<WarningCode, 'reverted' | 'duplicate_work'> = 'reverted',
): Promise<void> {
  await enqueue(tx, 'warn-claims', { contributionId, code })
}
