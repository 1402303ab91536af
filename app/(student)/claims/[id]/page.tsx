import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { retryEvidenceAction } from '@/app/(student)/claims/actions'
import { loadClaim } from '@/app/(student)/claims/load-claim'
import { AutoRefresh } from '@/components/claims/auto-refresh'
import { CalculationTable } from '@/components/claims/calculation-table'
import { ClaimItem } from '@/components/claims/claim-item'
import { ClaimStateBadge } from '@/components/claims/claim-state'
import { ClaimTimeline } from '@/components/claims/claim-timeline'
import { CreditLeft } from '@/components/claims/credit-answer'
import { EvidenceTrouble } from '@/components/claims/evidence-trouble'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { Credit } from '@/components/ui/credit'
import { Notice, type NoticeKind } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { Progress } from '@/components/ui/progress'
import { requireActor } from '@/lib/auth/session'
import type { ClaimView } from '@/lib/claims/view'
import { type ClaimStanding, standingOf } from '@/lib/domain/claim-credit'
import { ClaimActions } from './claim-actions'

type Props = { params: Promise<{ id: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const actor = await requireActor('student')
  const [t, locale, claim] = await Promise.all([
    getTranslations('claims'),
    getLocale(),
    loadClaim(actor, (await params).id),
  ])
  if (claim === null) return {}
  return { title: t('name', { term: locale === 'en' ? claim.term.nameEn : claim.term.nameZh }) }
}

const NOTICES: Record<ClaimStanding, NoticeKind> = {
  draft: 'info',
  submitted: 'info',
  in_review: 'info',
  changes_requested: 'attention',
  endorsed: 'info',
  approved: 'success',
  rejected: 'danger',
  withdrawn: 'info',
  corrected: 'attention',
  revoked: 'danger',
}

/** Where the claim stands, what that means, and what has to be read first. */
async function Standing({ claim }: { claim: ClaimView }) {
  const t = await getTranslations('claims')
  const done = claim.items.filter(({ evidence }) => evidence !== null).length
  const total = claim.items.length
  const comment = claim.decisions.findLast(({ action }) => action === 'request_changes' || action === 'reject')?.comment
  const standing = standingOf(claim.state, claim.credit)
  const told =
    claim.state === 'changes_requested' || claim.state === 'rejected' ? comment : claim.credit?.answers.at(-1)?.reason
  return (
    <div className="mb-6 space-y-3">
      <Notice kind={NOTICES[standing]}>
        {t(claim.evidenceState === 'failed' && claim.state === 'submitted' ? 'meaning.stuck' : `meaning.${standing}`)}
        {told ? <q className="mt-1 block whitespace-pre-line font-medium">{comment}</q> : null}
      </Notice>
      <EvidenceTrouble claim={claim} retryAction={retryEvidenceAction} className="" />
      {claim.state === 'submitted' ? (
        <Progress
          label={t(`evidence.${claim.evidenceState === 'failed' ? 'held' : 'collecting'}`, { done, total })}
          value={done}
          max={total}
        />
      ) : null}
      {claim.state === 'submitted' && claim.evidenceState === 'collecting' ? (
        <AutoRefresh seconds={claim.evidenceRetryAt === null ? 3 : 60} />
      ) : null}
    </div>
  )
}

async function Calculation({ claim }: { claim: ClaimView }) {
  const t = await getTranslations('claims.detail')
  const { calculation, state, policyVersion: version } = claim
  if (calculation === null) return null
  const lead =
    state === 'draft'
      ? t('calculationDraft')
      : t(state === 'approved' ? 'calculationFinal' : 'calculationLive', { version: version ?? 0 })
  return (
    <Panel
      title={t('calculation')}
      lead={lead}
      aside={<Credit hundredths={claim.credit?.netHundredths ?? calculation.creditHundredths} />}
      flush
    >
      <CalculationTable
        calculation={calculation}
        titles={new Map(claim.items.map(({ contributionId, title }) => [contributionId, title]))}
      />
      <CreditLeft credit={claim.credit} />
    </Panel>
  )
}

export default async function ClaimPage({ params }: Props) {
  const actor = await requireActor('student')
  const claim = await loadClaim(actor, (await params).id)
  if (claim === null) notFound()
  const [t, locale] = await Promise.all([getTranslations('claims'), getLocale()])
  const draft = claim.state === 'draft'
  const form =
    draft || claim.state === 'withdrawn' ? null : (
      <LinkButton href={`/claims/${claim.claimId}/form`} icon="printer">
        {t('detail.form')}
      </LinkButton>
    )
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/claims', label: t('title') }]} />
      <PageHeader
        title={t('name', { term: locale === 'en' ? claim.term.nameEn : claim.term.nameZh })}
        badge={<ClaimStateBadge state={standingOf(claim.state, claim.credit)} />}
        lead={t('items', { count: claim.items.length })}
        {...(form ? { action: form } : {})}
      />
      <Standing claim={claim} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_23rem]">
        {/* First in the page, so that a narrow screen that has drawn the rest is not pushed down by it. */}
        <div className="min-w-0 space-y-6 xl:col-start-2 xl:row-start-1">
          <ClaimActions claim={claim} />
          <Calculation claim={claim} />
          <Panel title={t('detail.history')}>
            <ClaimTimeline claim={claim} />
          </Panel>
        </div>
        <div className="min-w-0 space-y-6 xl:col-start-1 xl:row-start-1">
          <Panel title={t('detail.contributions')} flush>
            <ul className="border-line border-t">
              {claim.items.map((item) => (
                <ClaimItem key={item.itemId} item={item} timeZone={claim.timeZone} draft={draft} />
              ))}
            </ul>
          </Panel>
          <Panel title={t('detail.statement')}>
            <p className="whitespace-pre-line [overflow-wrap:anywhere]">
              {claim.statement === '' ? (
                <span className="text-ink-faint">{t('detail.noStatement')}</span>
              ) : (
                claim.statement
              )}
            </p>
          </Panel>
        </div>
      </div>
    </>
  )
}
