import type { ClaimListItem } from '@/lib/claims/view'
import type { ContributionSummary } from '@/lib/contributions/view'
import type { SyncStatus } from '@/lib/sync/view'

/** The one thing to do next: a key of the words `home.next`, and where it is done. */
export type NextStep = {
  code: 'link' | 'changes' | 'draft' | 'claim' | 'syncing' | 'waiting' | 'nothing'
  href: string
  claim: ClaimListItem | null
}

type Known = {
  summary: Pick<ContributionSummary, 'readyCount' | 'readyHundredths' | 'term'>
  statuses: readonly Pick<SyncStatus, 'unlinkedAt' | 'freshness'>[]
  claims: readonly ClaimListItem[]
}

/** What waits for the student comes first, then what is worth something, then what one only waits for. */
export function nextStepOf({ summary, statuses, claims }: Known): NextStep {
  const linked = statuses.filter(({ unlinkedAt }) => unlinkedAt === null)
  const claimIn = (state: ClaimListItem['state']): ClaimListItem | undefined =>
    claims.find((claim) => claim.state === state)
  const returned = claimIn('changes_requested')
  if (returned) return { code: 'changes', href: `/claims/${returned.claimId}`, claim: returned }
  const draft = claimIn('draft')
  if (draft) return { code: 'draft', href: `/claims/${draft.claimId}`, claim: draft }
  if (linked.length === 0) return { code: 'link', href: '/accounts', claim: null }
  if (summary.readyCount > 0) {
    return { code: 'claim', href: `/claims/new${summary.term ? `?termId=${summary.term.id}` : ''}`, claim: null }
  }
  if (linked.some(({ freshness }) => freshness === 'syncing')) {
    return { code: 'syncing', href: '/contributions', claim: null }
  }
  const [waiting] = claims
  if (waiting) return { code: 'waiting', href: `/claims/${waiting.claimId}`, claim: waiting }
  return { code: 'nothing', href: '/contributions', claim: null }
}
