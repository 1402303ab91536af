import { getLocale, getTranslations } from 'next-intl/server'
import { ClaimStateBadge } from '@/components/claims/claim-state'
import { EvidenceTrouble } from '@/components/claims/evidence-trouble'
import { ClaimReview } from '@/components/reviews/claim-review'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import type { FormAction } from '@/components/ui/form-state'
import { PageHeader } from '@/components/ui/page-header'
import { PersonName } from '@/components/ui/person-name'
import { standingOf } from '@/lib/domain/claim-credit'
import type { ReviewClaim } from '@/lib/reviews/view'

type Props = {
  claim: ReviewClaim
  back: { href: string; label: string }
  action: FormAction
  /** Given where the reader may have the evidence collected anew. */
  retryAction?: FormAction
}

/** Whose claim, for which term, and everything that is looked at to decide it. */
export async function ReviewPage({ claim, back, action, retryAction }: Props) {
  const [t, claims, locale] = await Promise.all([getTranslations('reviews'), getTranslations('claims'), getLocale()])
  const { student, term } = claim
  const lead = [
    locale === 'en' ? term.nameEn : term.nameZh,
    student.departmentName,
    student.programme || null,
    student.className || null,
  ]
  return (
    <>
      <Breadcrumbs crumbs={[back]} />
      <PageHeader
        title={<PersonName name={student.name} number={student.number} />}
        badge={
          <>
            <ClaimStateBadge state={standingOf(claim.state, claim.credit)} />
            {claim.warningCount > 0 ? (
              <Badge tone="amber" icon="warning">
                {t('queue.warnings', { count: claim.warningCount })}
              </Badge>
            ) : null}
          </>
        }
        lead={lead.filter((part) => part !== null).join(' · ')}
        action={
          <LinkButton href={`/claims/${claim.claimId}/form`} icon="printer">
            {claims('detail.form')}
          </LinkButton>
        }
      />
      {retryAction ? <EvidenceTrouble claim={claim} retryAction={retryAction} className="mb-5" /> : null}
      <ClaimReview claim={claim} action={action} />
    </>
  )
}
