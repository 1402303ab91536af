import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { StateBadge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { type Description, DescriptionList } from '@/components/ui/description-list'
import { TextField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { platformName } from '@/lib/domain/platform'
import { DEFAULT_SURGE_LIMIT, SURGE_LIMIT_RANGE } from '@/lib/domain/surge'
import { getUniversitySettings } from '@/lib/people/get-university-settings'
import { renameUniversityAction, setSurgeLimitAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('adminSettings')
  return { title: t('title') }
}

/** What the university is called, and how it is reached. */
export default async function AdminSettingsPage() {
  const actor = await requireActor('admin')
  const [t, settings] = await Promise.all([getTranslations('adminSettings'), getUniversitySettings(actor)])
  const { university, fingerprint, signIn, github, tokens } = settings
  const { timeZone } = university
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Panel title={t('names.title')} lead={t('names.lead')}>
          <ActionForm action={renameUniversityAction}>
            <input type="hidden" name="expected" value={fingerprint} />
            <TextField name="nameZh" label={t('names.zh')} defaultValue={university.nameZh} required maxLength={80} />
            <TextField name="nameEn" label={t('names.en')} defaultValue={university.nameEn} required maxLength={80} />
            <SubmitButton>{t('names.save')}</SubmitButton>
          </ActionForm>
        </Panel>
        <Panel title={t('surge.title')} lead={t('surge.lead')}>
          <ActionForm action={setSurgeLimitAction}>
            <input type="hidden" name="expectedSurgeLimit" value={settings.surgeLimit} />
            <TextField
              name="surgeLimit"
              type="number"
              label={t('surge.limit')}
              hint={t('surge.hint', { usual: DEFAULT_SURGE_LIMIT })}
              defaultValue={String(settings.surgeLimit)}
              min={SURGE_LIMIT_RANGE.min}
              max={SURGE_LIMIT_RANGE.max}
              required
            />
            <SubmitButton>{t('names.save')}</SubmitButton>
          </ActionForm>
        </Panel>
        <Panel title={t('fixed.title')} lead={t('fixed.lead')}>
          <DescriptionList
            items={[
              { term: t('fixed.timeZone'), value: timeZone },
              { term: t('fixed.slug'), value: <span className="font-mono">{university.slug}</span> },
              {
                term: t('fixed.columns'),
                value: <TextLink href="/admin/reports/columns">{t('fixed.toReports')}</TextLink>,
              },
            ]}
          />
        </Panel>
        <Connection kind="signIn" connection={signIn} timeZone={timeZone}>
          {[
            { term: t('signIn.issuer'), value: <span className="break-all">{signIn?.issuer ?? '—'}</span> },
            {
              term: t('signIn.clientId'),
              value: <span className="break-all font-mono">{signIn?.clientId ?? '—'}</span>,
            },
          ]}
        </Connection>
        <Connection kind="github" connection={github} timeZone={timeZone}>
          {[
            { term: t('github.appId'), value: <span className="font-mono">{github?.appId ?? '—'}</span> },
            {
              term: t('github.installationId'),
              value: <span className="font-mono">{github?.installationId ?? '—'}</span>,
            },
          ]}
        </Connection>
        {tokens.map(({ platform, connection }) => (
          <Connection
            key={platform}
            kind="token"
            platform={platformName(platform)}
            connection={connection}
            timeZone={timeZone}
          >
            {[]}
          </Connection>
        ))}
      </div>
    </>
  )
}

type ConnectionProps = {
  kind: 'signIn' | 'github' | 'token'
  /** Whose token it is. */
  platform?: string
  connection: { isWhole: boolean; updatedAt: Date } | null
  timeZone: string
  children: readonly Description[]
}

/** Whether a way to the outside is set up. Its secret is never shown, nor whether it is right: its use says that. */
async function Connection({ kind, platform = '', connection, timeZone, children }: ConnectionProps) {
  const t = await getTranslations('adminSettings')
  const since: ReactNode = connection && <DateTime value={connection.updatedAt} timeZone={timeZone} />
  return (
    <Panel
      title={t(`${kind}.title`, { platform })}
      lead={t(`${kind}.lead`)}
      aside={<ConnectionState connection={connection} />}
    >
      {connection === null ? (
        <p className="text-ink-soft">{t(`${kind}.missing`, { platform })}</p>
      ) : (
        <DescriptionList
          items={[
            ...children,
            { term: t('secret'), value: t(connection.isWhole ? 'secretKept' : 'secretMissing') },
            { term: t('updated'), value: since },
          ]}
        />
      )}
    </Panel>
  )
}

async function ConnectionState({ connection }: Pick<ConnectionProps, 'connection'>) {
  const t = await getTranslations('adminSettings')
  if (connection === null) return <StateBadge icon="ban">{t('state.none')}</StateBadge>
  return connection.isWhole ? (
    <StateBadge tone="jade">{t('state.whole')}</StateBadge>
  ) : (
    <StateBadge tone="amber">{t('state.partial')}</StateBadge>
  )
}
