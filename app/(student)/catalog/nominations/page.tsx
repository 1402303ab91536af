import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { nominateAction } from '@/app/(student)/catalog/nominations/actions'
import { OwnNominationTable } from '@/components/catalog/own-nomination-table'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { TextareaField, TextField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireViewer } from '@/lib/auth/session'
import { listOwnNominations } from '@/lib/catalog/list-own-nominations'
import { NOMINATION_WEEK_DAYS } from '@/lib/domain/nomination'
import { PLATFORMS, platformName } from '@/lib/domain/platform'
import { formatNames } from '@/lib/i18n/format'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('nominations')
  return { title: t('own.title') }
}

/** Where a member puts a repository forward, and what came of those before. */
export default async function NominationsPage({ searchParams }: { searchParams: Search }) {
  const { actor, university } = await requireViewer()
  const { cursor: asked, address } = await searchParams
  const cursor = typeof asked === 'string' && asked !== '' ? asked : null
  const [t, words, locale, own] = await Promise.all([
    getTranslations('nominations'),
    getTranslations('catalog'),
    getLocale(),
    listOwnNominations(actor, { cursor }, { now: new Date() }).catch(notFoundIfInvalid),
  ])
  const platforms = formatNames(PLATFORMS.map(platformName), locale)
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/catalog', label: words('title') }]} />
      <PageHeader title={t('own.title')} lead={t('own.lead')} />
      <Panel
        title={t('own.form')}
        lead={t('own.left', { left: own.left, days: NOMINATION_WEEK_DAYS })}
        className="max-w-3xl"
      >
        {own.left === 0 ? null : (
          <ActionForm action={nominateAction}>
            <TextField
              name="address"
              label={t('own.address')}
              hint={t('own.addressHint', { platforms })}
              placeholder={t('own.addressExample')}
              defaultValue={typeof address === 'string' ? address.slice(0, 500) : ''}
              maxLength={500}
              required
              autoComplete="off"
              inputMode="url"
            />
            <TextareaField name="why" label={t('own.why')} hint={t('own.whyHint')} maxLength={1000} rows={4} required />
            <SubmitButton pendingLabel={t('own.sending')}>{t('own.send')}</SubmitButton>
          </ActionForm>
        )}
      </Panel>
      <Panel title={t('own.listTitle')} flush className="mt-6">
        <OwnNominationTable nominations={own.nominations} timeZone={university.timeZone} />
        <Pagination
          firstHref={cursor === null ? null : '/catalog/nominations'}
          nextHref={own.nextCursor === null ? null : `/catalog/nominations?cursor=${own.nextCursor}`}
        />
      </Panel>
    </>
  )
}
