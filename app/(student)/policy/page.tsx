import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PolicyInWords } from '@/components/policies/policy-in-words'
import { Badge } from '@/components/ui/badge'
import { LinkButton } from '@/components/ui/button'
import { Copyable } from '@/components/ui/copyable'
import { DateTime } from '@/components/ui/date-time'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { findPolicy } from '@/lib/policies/find-policy'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('policies')
  return { title: t('title') }
}

/** The rules in force, in words, for every member. */
export default async function PolicyPage() {
  const actor = await requireActor()
  const [t, locale, viewer, policy] = await Promise.all([
    getTranslations('policies'),
    getLocale(),
    requireViewer(),
    findPolicy(actor),
  ])
  if (policy === null) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon="policy" title={t('none.title')}>
          {actor.roles.includes('admin') ? t('none.admin') : t('none.student')}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <PageHeader
        title={locale === 'en' ? policy.policy.title.en : policy.policy.title.zh}
        badge={<Badge tone="jade">{t('version', { version: policy.version })}</Badge>}
        lead={t('lead')}
        action={
          <LinkButton href={`/api/policies/${policy.id}`} variant="secondary" icon="download">
            {t('download')}
          </LinkButton>
        }
      />
      <PolicyInWords policy={policy.policy} />
      <p className="mt-6 text-ink-faint text-sm">
        {policy.publishedAt ? (
          <>
            <DateTime value={policy.publishedAt} timeZone={viewer.university.timeZone} style="date" />
            {' · '}
          </>
        ) : null}
        {t('documentHash')} <Copyable value={policy.documentSha256} />
      </p>
    </>
  )
}
