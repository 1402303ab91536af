import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { ConsentText } from '@/app/(student)/accounts/_parts/consent-text'
import { cancel, confirm } from '@/app/(student)/accounts/actions'
import { ActionForm } from '@/components/ui/action-form'
import { DescriptionList } from '@/components/ui/description-list'
import { Details } from '@/components/ui/details'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import { getPendingLink } from '@/lib/accounts/get-pending-link'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { platformName } from '@/lib/domain/platform'
import { formatMoment } from '@/lib/i18n/format'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('accounts')
  return { title: t('title') }
}

type Props = { params: Promise<{ attemptId: string }> }

async function load(attemptId: string) {
  const actor = await requireActor('student')
  const { sessionId, university } = await requireViewer()
  if (!z.uuid().safeParse(attemptId).success) notFound()
  try {
    return { link: await getPendingLink(actor, { attemptId, sessionId }), timeZone: university.timeZone }
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}

/** “Link @login?”: the platform has proved who it is; the person says whether that is whom they meant. */
export default async function ConfirmLinkPage({ params }: Props) {
  const { attemptId } = await params
  const { link, timeZone } = await load(attemptId)
  const [t, locale] = await Promise.all([getTranslations('accounts'), getLocale()])
  const { login, standing, consented } = link
  const platform = platformName(link.platform)
  const isLinked = standing === 'linked'
  return (
    <>
      <PageHeader
        title={t(isLinked ? 'confirm.titleLinked' : 'confirm.title', { login })}
        lead={t('confirm.lead', { platform })}
      />
      <Panel className="max-w-2xl">
        <DescriptionList
          items={[
            { term: t('confirm.platform'), value: platform },
            { term: t('confirm.login'), value: <span className="break-all font-medium">@{login}</span> },
            { term: t('confirm.name'), value: link.name ?? t('confirm.noName') },
            {
              term: t('confirm.id'),
              value: (
                <>
                  <span className="font-mono">{link.platformUserId}</span>
                  <span className="block text-ink-faint text-sm">{t('confirm.idHint')}</span>
                </>
              ),
            },
          ]}
        />
        {standing === 'new' ? null : (
          <Notice className="mt-4">{t(isLinked ? 'confirm.linked' : 'confirm.again')}</Notice>
        )}
        <div className="mt-5 border-line border-t pt-4">
          {consented ? (
            <Details summary={t('confirm.agreed', { version: LINKING_CONSENT_VERSION })}>
              <ConsentText />
            </Details>
          ) : (
            <>
              <p className="mb-2 font-medium">{t('confirm.agree')}</p>
              <ConsentText />
            </>
          )}
        </div>
        <div className="mt-5 flex flex-wrap items-start gap-3">
          <ActionForm action={confirm} className="space-y-3">
            <input type="hidden" name="attemptId" value={attemptId} />
            <input type="hidden" name="consentVersion" value={LINKING_CONSENT_VERSION} />
            <SubmitButton pendingLabel={t('confirm.pending')} className="max-w-full whitespace-normal break-all">
              {isLinked ? t('confirm.yesLinked') : t('confirm.yes', { login })}
            </SubmitButton>
          </ActionForm>
          <ActionForm action={cancel} className="space-y-3">
            <input type="hidden" name="attemptId" value={attemptId} />
            <SubmitButton variant="secondary">{t('confirm.no')}</SubmitButton>
          </ActionForm>
        </div>
        <div className="mt-4 space-y-1 text-ink-faint text-sm">
          <p>{t('confirm.noHint', { platform })}</p>
          <p>{t('confirm.expires', { time: formatMoment(link.expiresAt, { locale, timeZone, style: 'time' }) })}</p>
        </div>
      </Panel>
    </>
  )
}
