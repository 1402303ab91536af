import { cache } from 'react'
import { getClaim } from '@/lib/claims/get-claim'
import type { ClaimView } from '@/lib/claims/view'
import type { MemberActor } from '@/lib/domain/actor'
import { isAppError } from '@/lib/domain/errors'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** A claim of one's own, or null where the address names none. Read once a request. */
export const loadClaim = cache(async (actor: MemberActor, claimId: string): Promise<ClaimView | null> => {
  if (!UUID.test(claimId)) return null
  try {
    return await getClaim(actor, { claimId })
  } catch (error) {
    if (isAppError(error, 'not_found')) return null
    throw error
  }
})
