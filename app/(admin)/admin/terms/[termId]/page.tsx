import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { TermFields } from '@/components/terms/term-fields'
import { TermState } from '@/components/terms/term-table'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getTerm } from '@/lib/people/get-term'
import type { TermView } from '@/lib/people/view'
import { closeTermAction, editTermAction, reopenTermAction } from '../actions'

type Props = { params: Promise<{ termId: string }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('terms')
  return { title: t('edit') }
}

async function load(termId: string): Promise<{ term: TermView; timeZone: string }> {
  const actor = await requireActor('admin')
  if (!z.uuid().safeParse(termId).success) notFound()
  try {
    return await getTerm(actor, termId, { now: new Date() })
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}

/** One term: to change it, close it, or open it again. */
export default async function TermPage({ params }: Props) {
  const { term, timeZone } = await load((await params).termId)
  const [t, locale] = await Promise.all([getTranslations('terms'), getLocale()])
  const isClosed = term.closedAt !== null
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/terms', label: t('title') }]} />
      <PageHeader
        title={locale === 'en' ? term.nameEn : term.nameZh}
        lead={t('form.lead', { timeZone })}
        badge={<TermState term={term} />}
        action={isClosed ? undefined : <CloseDialog term={term} />}
      />
      {isClosed ? (
        <Closed term={term} />
      ) : (
        <Panel className="max-w-2xl">
          <ActionForm action={editTermAction}>
            {term.creditEntries > 0 ? (
              <Notice>
                {t('form.fixed', { count: term.creditEntries })}{' '}
                <TextLink href={`/admin/ledger?term=${term.id}`}>{t('form.toLedger')}</TextLink>
              </Notice>
            ) : null}
            <TermKey term={term} />
            <TermFields term={term} isFixed={term.creditEntries > 0} />
            <SubmitButton>{t('form.save')}</SubmitButton>
          </ActionForm>
        </Panel>
      )}
    </>
  )
}

function TermKey({ term }: { term: TermView }) {
  return (
    <>
      <input type="hidden" name="termId" value={term.id} />
      <input type="hidden" name="expected" value={term.fingerprint} />
    </>
  )
}

async function CloseDialog({ term }: { term: TermView }) {
  const t = await getTranslations('terms')
  return (
    <ConfirmDialog trigger={t('close.button')} title={t('close.title')} cancelLabel={t('close.cancel')}>
      <ul className="list-disc space-y-1 ps-5">
        <li>{t('close.noClaims')}</li>
        {term.drafts > 0 ? <li>{t('close.drafts', { count: term.drafts })}</li> : null}
        {term.waiting > 0 ? <li>{t('close.waiting', { count: term.waiting })}</li> : null}
        {term.changesRequested > 0 ? <li>{t('close.returned', { count: term.changesRequested })}</li> : null}
        <li>{t('close.again')}</li>
      </ul>
      <ActionForm action={closeTermAction}>
        <TermKey term={term} />
        <SubmitButton variant="decide">{t('close.button')}</SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}

async function Closed({ term }: { term: TermView }) {
  const t = await getTranslations('terms')
  const isFiled = term.filings > 0
  return (
    <Panel title={t('closed.title')} className="max-w-2xl">
      <p className="mb-4">{t(isFiled ? 'closed.filed' : 'closed.text')}</p>
      {isFiled ? (
        <TextLink href="/admin/filings">{t('closed.toFilings')}</TextLink>
      ) : (
        <ActionForm action={reopenTermAction}>
          <TermKey term={term} />
          <SubmitButton variant="secondary">{t('closed.reopen')}</SubmitButton>
        </ActionForm>
      )}
    </Panel>
  )
}
