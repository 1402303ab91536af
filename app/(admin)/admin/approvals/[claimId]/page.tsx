import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { loadReviewClaim } from '@/app/_reviews/load-claim'
import { ReviewPage } from '@/app/_reviews/review-page'
import { decideApprovalAction, retryEvidenceAction } from '@/app/(admin)/admin/approvals/actions'
import { requireActor } from '@/lib/auth/session'

type Props = { params: Promise<{ claimId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('admin')
  const [t, claim] = await Promise.all([getTranslations('reviews'), loadReviewClaim(actor, (await params).claimId)])
  return { title: t('claim.title', { name: claim.student.name }) }
}

/** One endorsed claim, for who approves. */
export default async function ApprovalPage({ params }: Props) {
  const actor = await requireActor('admin')
  const [t, claim] = await Promise.all([getTranslations('reviews'), loadReviewClaim(actor, (await params).claimId)])
  const back = { href: '/admin/approvals', label: t('approvals.title') }
  return <ReviewPage claim={claim} back={back} action={decideApprovalAction} retryAction={retryEvidenceAction} />
}
