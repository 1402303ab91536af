import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { ApplicationSheet } from '@/components/reports/application-sheet'
import { PrintButton } from '@/components/reports/print-button'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getApplicationForm } from '@/lib/reports/get-application-form'

type Props = { params: Promise<{ id: string }> }

const load = cache(async (claimId: string) => {
  const actor = await requireActor()
  try {
    return await getApplicationForm(actor, { claimId })
  } catch (error) {
    // Not yours, and not for your role, look like not there.
    if (isAppError(error, 'not_found') || isAppError(error, 'forbidden')) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, form] = await Promise.all([getTranslations('applicationForm'), load((await params).id)])
  return { title: `${t('title')} ${form.student.number} ${form.student.name}` }
}

/** One claim on paper, for its student and for those who decide it. */
export default async function ApplicationFormPage({ params }: Props) {
  const [t, form] = await Promise.all([getTranslations('applicationForm'), load((await params).id)])
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3 print:hidden">
        <p className="text-ink-soft">{t('lead')}</p>
        <PrintButton label={t('print')} />
      </div>
      <ApplicationSheet form={form} />
    </>
  )
}
