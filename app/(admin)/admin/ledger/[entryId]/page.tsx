import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { correctCreditAction, revokeCreditAction } from '@/app/(admin)/admin/ledger/actions'
import { AmendPanel } from '@/components/ledger/amend-panel'
import { LedgerTable } from '@/components/ledger/ledger-table'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Copyable } from '@/components/ui/copyable'
import { Credit } from '@/components/ui/credit'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { PersonName } from '@/components/ui/person-name'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getAward } from '@/lib/ledger/get-award'
import type { AwardView } from '@/lib/ledger/view'

type Props = { params: Promise<{ entryId: string }> }

const load = cache(async (entryId: string): Promise<AwardView> => {
  const actor = await requireActor('admin')
  try {
    return await getAward(actor, entryId)
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { award }] = await Promise.all([getTranslations('ledger'), load((await params).entryId)])
  return { title: t('line', { sequence: award.sequence }) }
}

/** One award, what became of it, and the way to put it right. */
export default async function AwardPage({ params }: Props) {
  const [t, { award, lines, timeZone }] = await Promise.all([getTranslations('ledger'), load((await params).entryId)])
  const { student } = award
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/ledger', label: t('title') }]} />
      <PageHeader
        title={t('line', { sequence: award.sequence })}
        lead={
          <>
            {student.erased ? null : <PersonName name={student.name} number={student.number} />}{' '}
            <Credit hundredths={award.netHundredths} />
          </>
        }
      />
      <div className="space-y-6">
        <Panel flush>
          <LedgerTable lines={lines} timeZone={timeZone} />
          <p className="px-5 pb-4 text-ink-faint text-sm">
            {t('hash')} <Copyable value={award.hash} />
          </p>
        </Panel>
        {award.correctable ? (
          <AmendPanel line={award} correctAction={correctCreditAction} revokeAction={revokeCreditAction} />
        ) : (
          <Notice>{t(award.revoked ? 'closed' : 'notYours')}</Notice>
        )}
      </div>
    </>
  )
}
