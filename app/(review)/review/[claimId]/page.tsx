import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { loadReviewClaim } from '@/app/_reviews/load-claim'
import { ReviewPage } from '@/app/_reviews/review-page'
import { decideAction } from '@/app/(review)/review/actions'
import { requireActor } from '@/lib/auth/session'

type Props = { params: Promise<{ claimId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('reviewer')
  const [t, claim] = await Promise.all([getTranslations('reviews'), loadReviewClaim(actor, (await params).claimId)])
  return { title: t('claim.title', { name: claim.student.name }) }
}

/** One claim, for who endorses. */
export default async function ReviewClaimPage({ params }: Props) {
  const actor = await requireActor('reviewer')
  const [t, claim] = await Promise.all([getTranslations('reviews'), loadReviewClaim(actor, (await params).claimId)])
  return <ReviewPage claim={claim} back={{ href: '/review', label: t('queue.title') }} action={decideAction} />
}
