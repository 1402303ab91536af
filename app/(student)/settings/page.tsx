import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ConsentPanel } from '@/app/(student)/settings/_parts/consent-panel'
import { LanguageSwitch, ThemeSwitch } from '@/components/shell/preference-switches'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { listLinkingConsents } from '@/lib/accounts/list-consents'
import { requireViewer } from '@/lib/auth/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

/** Of every member: language and look, one's data, one's consent, the way out. */
export default async function SettingsPage() {
  const { actor, university } = await requireViewer()
  const [t, consents] = await Promise.all([getTranslations('settings'), listLinkingConsents(actor)])
  const canLink = actor.roles.includes('student')
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="grid max-w-3xl gap-6">
        <Panel title={t('look.title')} lead={t('look.lead')}>
          <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[minmax(5rem,max-content)_1fr] sm:items-center">
            <dt className="text-ink-faint">{t('look.language')}</dt>
            <dd>
              <LanguageSwitch className="max-w-60" />
            </dd>
            <dt className="text-ink-faint">{t('look.theme')}</dt>
            <dd>
              <ThemeSwitch className="max-w-60" />
            </dd>
          </dl>
        </Panel>
        <Panel title={t('data.title')}>
          <p className="max-w-prose">{t('data.text')}</p>
          <form action="/api/me/export" method="post" className="mt-4">
            <SubmitButton variant="secondary">{t('data.button')}</SubmitButton>
          </form>
          <p className="mt-4 max-w-prose text-ink-soft text-sm">{t('data.erasure')}</p>
        </Panel>
        {canLink || consents.length > 0 ? (
          <ConsentPanel consents={consents} timeZone={university.timeZone} canLink={canLink} />
        ) : null}
        <Panel title={t('signOut.title')}>
          <p>{t('signOut.text')}</p>
          <form action="/api/auth/sign-out" method="post" className="mt-4">
            <SubmitButton variant="secondary">{t('signOut.button')}</SubmitButton>
          </form>
        </Panel>
      </div>
    </>
  )
}
