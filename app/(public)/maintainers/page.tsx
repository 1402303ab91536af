import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { askToOptOutAction } from '@/app/(public)/maintainers/actions'
import { PublicShell } from '@/components/shell/public-shell'
import { ActionForm } from '@/components/ui/action-form'
import { Checkbox } from '@/components/ui/choice-fields'
import { TextareaField, TextField } from '@/components/ui/fields'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { findOptOutStanding } from '@/lib/catalog/find-opt-out-standing'
import { PLATFORMS, platformName } from '@/lib/domain/platform'
import { formatNames } from '@/lib/i18n/format'

type Search = Promise<Record<string, string | string[] | undefined>>

const READ = ['student', 'repository', 'never'] as const
const THEN = ['count', 'read', 'claims'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('maintainers')
  return { title: t('title') }
}

/** For maintainers of repositories, signed in or not: what is read of them, and how to be left out. */
export default async function MaintainersPage({ searchParams }: { searchParams: Search }) {
  const t = await getTranslations('maintainers')
  const asked = z.uuid().safeParse((await searchParams).request)
  return (
    <PublicShell>
      <div className="mx-auto max-w-3xl px-4 py-12 sm:px-6">
        <h1 className="font-semibold font-serif text-3xl">{t('title')}</h1>
        <p className="mt-3 text-ink-soft text-lg">{t('lead')}</p>
        {asked.success ? <Standing requestId={asked.data} /> : null}
        <section className="mt-10">
          <h2 className="font-semibold font-serif text-2xl">{t('read.title')}</h2>
          <ul className="mt-3 list-disc space-y-2 ps-5">
            {READ.map((key) => (
              <li key={key}>{t(`read.${key}`)}</li>
            ))}
          </ul>
        </section>
        <section className="mt-10">
          <h2 className="font-semibold font-serif text-2xl">{t('then.title')}</h2>
          <ul className="mt-3 list-disc space-y-2 ps-5">
            {THEN.map((key) => (
              <li key={key}>{t(`then.${key}`)}</li>
            ))}
          </ul>
        </section>
        <Panel title={t('form.title')} lead={t('form.lead')} className="mt-10">
          <AskForm />
        </Panel>
      </div>
    </PublicShell>
  )
}

async function AskForm() {
  const [t, locale] = await Promise.all([getTranslations('maintainers.form'), getLocale()])
  const platforms = formatNames(PLATFORMS.map(platformName), locale)
  return (
    <ActionForm action={askToOptOutAction}>
      <TextField
        name="address"
        label={t('address')}
        hint={t('addressHint', { platforms })}
        placeholder={t('addressExample')}
        maxLength={500}
        required
        autoComplete="off"
        inputMode="url"
      />
      <Checkbox name="wholeOwner" label={t('wholeOwner')} />
      <TextField name="login" label={t('login')} hint={t('loginHint')} maxLength={100} required autoComplete="off" />
      <TextareaField name="message" label={t('message')} hint={t('messageHint')} maxLength={1000} rows={5} required />
      <SubmitButton pendingLabel={t('sending')}>{t('send')}</SubmitButton>
    </ActionForm>
  )
}

/** How a request stands, for whoever has its address. */
async function Standing({ requestId }: { requestId: string }) {
  const [t, request] = await Promise.all([getTranslations('maintainers.standing'), findOptOutStanding(requestId)])
  if (request === null) {
    return (
      <Notice kind="attention" className="mt-6">
        {t('none')}
      </Notice>
    )
  }
  const { owner, name, state, decisionReason } = request
  return (
    <Notice
      kind={state === 'granted' ? 'success' : 'info'}
      live
      className="mt-6"
      title={t(`title.${state}`, { name: `${owner}/${name ?? '*'}` })}
    >
      <p>{t(`text.${state}`)}</p>
      {decisionReason === '' ? null : <p className="mt-1 [overflow-wrap:anywhere]">{decisionReason}</p>}
    </Notice>
  )
}
