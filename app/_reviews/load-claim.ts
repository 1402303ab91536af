import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { MemberActor } from '@/lib/domain/actor'
import { isAppError } from '@/lib/domain/errors'
import { getClaimForReview } from '@/lib/reviews/get-claim-for-review'
import type { ReviewClaim } from '@/lib/reviews/view'

/** The claim of a page, once a request; what is not the reader's to see is not there. */
export const loadReviewClaim = cache(async (actor: MemberActor, claimId: string): Promise<ReviewClaim> => {
  try {
    return await getClaimForReview(actor, claimId)
  } catch (error) {
    if (isAppError(error, 'not_found') || isAppError(error, 'forbidden')) notFound()
    throw error
  }
})
