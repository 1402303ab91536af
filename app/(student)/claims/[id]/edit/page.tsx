import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { editClaimAction, previewClaimAction } from '@/app/(student)/claims/actions'
import { loadClaim } from '@/app/(student)/claims/load-claim'
import { ClaimForm } from '@/components/claims/claim-form'
import { LivePreview } from '@/components/claims/live-preview'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/auth/session'
import { CLAIM_LIMITS } from '@/lib/claims/schema'
import { listContributions } from '@/lib/contributions/list-contributions'
import { formatHundredths } from '@/lib/i18n/format'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('claims.form')
  return { title: t('editTitle') }
}

export default async function EditClaimPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor('student')
  const claim = await loadClaim(actor, (await params).id)
  if (claim === null) notFound()
  if (!claim.editable) redirect(`/claims/${claim.claimId}`)
  const [t, tc, tu, locale, list] = await Promise.all([
    getTranslations('claims.form'),
    getTranslations('claims'),
    getTranslations('ui'),
    getLocale(),
    listContributions(
      actor,
      { filter: 'counts', termId: claim.term.id, platform: null, cursor: null },
      { limit: CLAIM_LIMITS.items },
    ),
  ])
  const chosen = claim.items.map((item) => ({ ...item, previewHundredths: item.hundredths, chosen: true }))
  const chosenIds = new Set(chosen.map(({ contributionId }) => contributionId))
  const others = list.items
    .filter(({ contributionId }) => !chosenIds.has(contributionId))
    .map((item) => ({ ...item, chosen: false, aiUse: 'none' as const, aiUseNote: '' }))
  const hundredths = claim.calculation?.creditHundredths ?? 0
  const refused = claim.items.filter(({ counts }) => !counts).length
  const name = tc('name', { term: locale === 'en' ? claim.term.nameEn : claim.term.nameZh })
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { href: '/claims', label: tc('title') },
          { href: `/claims/${claim.claimId}`, label: name },
        ]}
      />
      <PageHeader title={t('editTitle')} lead={name} />
      <ClaimForm
        action={editClaimAction}
        hidden={{ claimId: claim.claimId, version: String(claim.version) }}
        choices={[...chosen, ...others]}
        lead={t('chooseLead', { count: others.length })}
        statement={claim.statement}
        timeZone={claim.timeZone}
        preview={
          <LivePreview
            label={t('preview')}
            idle={t('previewNothing')}
            failed={t('previewFailed')}
            initial={{
              figure: `${formatHundredths(hundredths)} ${tu('creditUnit', { hundredths })}`,
              note: refused > 0 ? t('previewRefused', { count: refused }) : null,
            }}
            action={previewClaimAction}
          />
        }
      />
    </>
  )
}
