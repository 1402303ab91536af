import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { createClaimAction, previewClaimAction } from '@/app/(student)/claims/actions'
import { ClaimForm } from '@/components/claims/claim-form'
import { LivePreview } from '@/components/claims/live-preview'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { Button, LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { SelectField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { CLAIM_LIMITS } from '@/lib/claims/schema'
import { listContributions } from '@/lib/contributions/list-contributions'
import { listTerms } from '@/lib/contributions/list-terms'
import type { TermView } from '@/lib/contributions/view'
import type { MemberActor } from '@/lib/domain/actor'
import { isWithin } from '@/lib/domain/term'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('claims.form')
  return { title: t('newTitle') }
}

/** Terms that take claims and have begun, and the one that is asked for, else the running one. */
async function chooseTerm(actor: MemberActor, wanted: unknown): Promise<{ terms: TermView[]; term: TermView | null }> {
  const now = new Date()
  const terms = await listTerms(actor)
  const open = terms.filter((term) => !term.closed && term.startsAt <= now)
  const term = open.find(({ id }) => id === wanted) ?? open.find((one) => isWithin(now, one)) ?? open[0] ?? null
  return { terms: open, term }
}

async function TermChoice({ terms, term }: { terms: readonly TermView[]; term: TermView }) {
  const [t, locale] = await Promise.all([getTranslations('claims.form'), getLocale()])
  if (terms.length < 2) return null
  return (
    <form action="/claims/new" method="get" className="mb-5 flex flex-wrap items-end gap-3">
      <SelectField
        name="termId"
        label={t('term')}
        defaultValue={term.id}
        choices={terms.map(({ id, nameEn, nameZh }) => ({ value: id, label: locale === 'en' ? nameEn : nameZh }))}
        frameClassName="min-w-56"
      />
      <Button type="submit">{t('chooseTerm')}</Button>
    </form>
  )
}

async function Choose({ actor, term }: { actor: MemberActor; term: TermView }) {
  const t = await getTranslations('claims.form')
  const list = await listContributions(
    actor,
    { filter: 'counts', termId: term.id, platform: null, cursor: null },
    { limit: CLAIM_LIMITS.items },
  )
  if (list.items.length === 0) {
    return (
      <Panel>
        <EmptyState
          icon="merge"
          title={t('nothing')}
          action={<LinkButton href={`/contributions?termId=${term.id}`}>{t('toContributions')}</LinkButton>}
        >
          {t('nothingText')}
        </EmptyState>
      </Panel>
    )
  }
  const more = list.nextCursor === null ? '' : ` ${t('more', { count: CLAIM_LIMITS.items })}`
  return (
    <ClaimForm
      action={createClaimAction}
      hidden={{ termId: term.id }}
      choices={list.items.map((item) => ({ ...item, chosen: false, aiUse: 'none', aiUseNote: '' }))}
      lead={`${t('chooseLead', { count: list.items.length })}${more}`}
      statement=""
      timeZone={list.timeZone}
      preview={
        <LivePreview
          label={t('preview')}
          idle={t('previewNothing')}
          failed={t('previewFailed')}
          initial={null}
          action={previewClaimAction}
        />
      }
    />
  )
}

export default async function NewClaimPage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('student')
  const [t, tc, search] = await Promise.all([getTranslations('claims.form'), getTranslations('claims'), searchParams])
  const { terms, term } = await chooseTerm(actor, search.termId)
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/claims', label: tc('title') }]} />
      <PageHeader title={t('newTitle')} lead={t('newLead')} />
      {term === null ? (
        <Panel>
          <EmptyState icon="calendar" title={t('noTerm')}>
            {t('noTermText')}
          </EmptyState>
        </Panel>
      ) : (
        <>
          <TermChoice terms={terms} term={term} />
          <Choose actor={actor} term={term} />
        </>
      )}
    </>
  )
}
