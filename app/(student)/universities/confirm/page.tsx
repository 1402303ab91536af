import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { confirmJoin, declineJoin } from '@/app/(student)/universities/actions'
import { ActionForm } from '@/components/ui/action-form'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { joinProofCookie, openJoinProof } from '@/lib/auth/join-intent'
import { getJoinOffer } from '@/lib/auth/join-university'
import { requireViewer } from '@/lib/auth/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.confirm')
  return { title: t('title') }
}

/** The other university has said who this is; nothing is changed before the person says yes. */
export default async function ConfirmUniversityPage() {
  const viewer = await requireViewer()
  const proof = openJoinProof((await cookies()).get(joinProofCookie())?.value, viewer.sessionId, new Date())
  if (proof === null) redirect('/universities?error=join_expired')
  const [t, locale, offer] = await Promise.all([getTranslations('auth.confirm'), getLocale(), getJoinOffer(proof)])
  const university = locale === 'en' ? offer.university.nameEn : offer.university.nameZh
  const own = locale === 'en' ? viewer.university.nameEn : viewer.university.nameZh
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead', { university })} />
      <Panel className="max-w-2xl">
        <p className="text-lg">
          {t.rich('question', {
            university,
            own,
            name: offer.name || viewer.name,
            number: offer.number ?? '',
            strong: (words) => <strong className="font-semibold">{words}</strong>,
          })}
        </p>
        <ul className="mt-4 list-disc space-y-1 ps-5 text-ink-soft">
          <li>{t('means.switch')}</li>
          <li>{t('means.once')}</li>
          <li>{t('means.apart')}</li>
        </ul>
        <ActionForm action={confirmJoin} className="mt-6">
          <SubmitButton variant="primary">{t('yes')}</SubmitButton>
        </ActionForm>
        <form action={declineJoin} className="mt-3">
          <SubmitButton variant="quiet">{t('no')}</SubmitButton>
        </form>
      </Panel>
    </>
  )
}
