import { listLiveClaimsOfIdentity, listLiveClaimsOfRepositories } from '@/lib/db/claims-touched'
import { listLiveClaimsOfClass } from '@/lib/db/class-items'
import { type Tx, withScope } from '@/lib/db/scope'
import { getTimeZone } from '@/lib/db/terms-read'
import { listUniversities } from '@/lib/db/universities'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { enqueue } from '@/lib/queue/enqueue'
import type { ChangeUnderClaims } from '@/lib/queue/jobs'
import { warnClaim } from './warn-claim'

const CLAIMS_A_PAGE = 100

type Input = { universityId: string | null; change: ChangeUnderClaims; afterClaimId: string | null }
export type Rewarned = { claims: number; warned: number; isLastPage: boolean }

/**
 * The catalog's word on repositories, the link of an account, or how much a class sent a repository is another one now: looks
 * at one page of the live claims that it touches again, and queues the next. A change of the shared base is one job for each university.
 */
export async function rewarnClaims(
  actor: SystemActor,
  { universityId, change, afterClaimId }: Input,
  deps = { now: new Date() },
): Promise<Rewarned> {
  if (universityId === null) return spread(change)
  assertCan({ ...actor, universityId }, 'claim.freeze_evidence', { universityId })
  const page = { universityId, afterClaimId, limit: CLAIMS_A_PAGE }
  const claimIds = await withScope({ universityId }, (tx) => listTouched(tx, change, page))
  let warned = 0
  for (const claimId of claimIds) {
    if (await warnClaim({ ...actor, universityId }, { universityId, claimId }, deps.now)) warned += 1
  }
  const last = claimIds.length < CLAIMS_A_PAGE ? null : (claimIds.at(-1) ?? null)
  if (last !== null) {
    await withScope({ universityId }, (tx) =>
      enqueue(tx, 'rewarn-claims', { universityId, change, afterClaimId: last }),
    )
  }
  return { claims: claimIds.length, warned, isLastPage: last === null }
}

type Page = { universityId: string; afterClaimId: string | null; limit: number }

async function listTouched(tx: Tx, change: ChangeUnderClaims, page: Page): Promise<string[]> {
  switch (change.kind) {
    case 'catalog':
      return listLiveClaimsOfRepositories(tx, change.line, page)
    case 'account':
      return listLiveClaimsOfIdentity(tx, change, page)
    case 'class':
      return listLiveClaimsOfClass(tx, change, { ...page, timeZone: await getTimeZone(tx, page.universityId) })
  }
}

async function spread(change: ChangeUnderClaims): Promise<Rewarned> {
  for (const { id: universityId } of await withScope({}, listUniversities)) {
    await withScope({ universityId }, (tx) =>
      enqueue(tx, 'rewarn-claims', { universityId, change, afterClaimId: null }),
    )
  }
  return { claims: 0, warned: 0, isLastPage: true }
}
