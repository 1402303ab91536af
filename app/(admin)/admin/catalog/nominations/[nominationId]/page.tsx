import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import {
  acceptNominationAction,
  refuseNominationAction,
  rereadNominationAction,
} from '@/app/(admin)/admin/catalog/nominations/actions'
import { NominationCautions, NominationEvidence } from '@/components/catalog/nomination-evidence'
import { NominationState, WaitingDays } from '@/components/catalog/nomination-state'
import { RelatednessBadge, RelatednessReasons } from '@/components/catalog/relatedness-suggestion'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { SelectField, TextareaField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { getNomination } from '@/lib/catalog/get-nomination'
import { nominationKeyInput } from '@/lib/catalog/schema'
import type { NominationView } from '@/lib/catalog/view'
import { CATALOG_KINDS, CATALOG_TIERS } from '@/lib/domain/catalog'
import { isAppError } from '@/lib/domain/errors'
import { platformName } from '@/lib/domain/platform'

type Params = Promise<{ nominationId: string }>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('nominations')
  return { title: t('title') }
}

/** One nomination: what was said of it, what was read of it, and the decision. */
export default async function NominationPage({ params }: { params: Params }) {
  const actor = await requireActor('admin')
  const key = nominationKeyInput.safeParse(await params)
  if (!key.success) notFound()
  const now = new Date()
  const [t, words, viewer, nomination] = await Promise.all([
    getTranslations('nominations'),
    getTranslations('catalog'),
    requireViewer(),
    getNomination(actor, key.data, { now }).catch(notFoundIfGone),
  ])
  const { timeZone } = viewer.university
  const { owner, name, platform, state, suggestion } = nomination
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { href: '/admin/catalog', label: words('title') },
          { href: '/admin/catalog/nominations', label: t('title') },
        ]}
      />
      <PageHeader
        title={<span className="break-all">{`${owner}/${name}`}</span>}
        lead={platformName(platform)}
        badge={<NominationState state={state} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <div className="space-y-6">
          <NominationCautions nomination={nomination} timeZone={timeZone} />
          <Panel title={t('detail.evidence')} aside={state === 'open' ? <Reread nomination={nomination} /> : undefined}>
            <NominationEvidence nomination={nomination} timeZone={timeZone} />
          </Panel>
          <Panel title={t('detail.why')}>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{nomination.why}</p>
            <Nominators nomination={nomination} now={now} />
          </Panel>
        </div>
        <div className="space-y-6">
          {suggestion === null ? null : (
            <Panel title={t('suggestion.title')} lead={t('suggestion.lead')}>
              <RelatednessBadge relatedness={suggestion.relatedness} />
              <RelatednessReasons reasons={suggestion.reasons} />
            </Panel>
          )}
          {state === 'open' ? (
            <Decide nomination={nomination} />
          ) : (
            <Decided nomination={nomination} timeZone={timeZone} />
          )}
        </div>
      </div>
    </>
  )
}

function notFoundIfGone(error: unknown): never {
  if (isAppError(error, 'not_found')) notFound()
  throw error
}

async function Reread({ nomination: { id } }: { nomination: NominationView }) {
  const t = await getTranslations('nominations')
  return (
    <ActionForm action={rereadNominationAction} className="">
      <input type="hidden" name="nominationId" value={id} />
      <SubmitButton size="sm" variant="secondary">
        {t('reread')}
      </SubmitButton>
    </ActionForm>
  )
}

async function Nominators({ nomination, now }: { nomination: NominationView; now: Date }) {
  const t = await getTranslations('nominations')
  const { memberName, memberId, seconds, createdAt, state } = nomination
  return (
    <div className="mt-4">
      <DescriptionList
        items={[
          {
            term: t('detail.nominated'),
            value: <TextLink href={`/admin/people/${memberId}`}>{memberName}</TextLink>,
          },
          ...(seconds === 0 ? [] : [{ term: t('detail.seconded'), value: seconds }]),
          ...(state === 'open' ? [{ term: t('columns.age'), value: <WaitingDays since={createdAt} now={now} /> }] : []),
        ]}
      />
    </div>
  )
}

async function Decide({ nomination: { id, evidence } }: { nomination: NominationView }) {
  const [t, words] = await Promise.all([getTranslations('nominations'), getTranslations('catalog')])
  const reason = (
    <TextareaField
      name="reason"
      label={t('detail.reason')}
      hint={t('detail.reasonHint')}
      required
      maxLength={500}
      rows={3}
    />
  )
  return (
    <>
      <Panel title={t('detail.accept')} lead={t('detail.acceptLead')}>
        {evidence === null ? (
          <p className="text-ink-soft">{t('detail.notYet')}</p>
        ) : (
          <ActionForm action={acceptNominationAction}>
            <input type="hidden" name="nominationId" value={id} />
            <div className="grid gap-5 sm:grid-cols-2">
              <SelectField
                name="kind"
                label={words('edit.kind')}
                defaultValue="tool"
                choices={CATALOG_KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
              />
              <SelectField
                name="tier"
                label={words('edit.tier')}
                defaultValue="standard"
                choices={CATALOG_TIERS.map((tier) => ({ value: tier, label: words(`tier.${tier}`) }))}
              />
            </div>
            {reason}
            <SubmitButton>{t('detail.acceptButton')}</SubmitButton>
          </ActionForm>
        )}
      </Panel>
      <Panel title={t('detail.refuse')} lead={t('detail.refuseLead')}>
        <ActionForm action={refuseNominationAction}>
          <input type="hidden" name="nominationId" value={id} />
          {reason}
          <SubmitButton variant="secondary">{t('detail.refuseButton')}</SubmitButton>
        </ActionForm>
      </Panel>
    </>
  )
}

async function Decided({ nomination, timeZone }: { nomination: NominationView; timeZone: string }) {
  const t = await getTranslations('nominations')
  const { decidedByName, decidedAt, decisionReason, state, platform, evidence } = nomination
  const place = new URLSearchParams({ platform, owner: evidence?.owner ?? '', name: evidence?.name ?? '' })
  return (
    <Panel title={t('detail.decided')}>
      <p>
        <NominationState state={state} /> {decidedByName ?? '—'}{' '}
        {decidedAt === null ? null : <DateTime value={decidedAt} timeZone={timeZone} />}
      </p>
      <p className="mt-2 [overflow-wrap:anywhere]">{decisionReason}</p>
      {state === 'accepted' && evidence !== null ? (
        <p className="mt-2">
          <TextLink href={`/admin/catalog/entry?${place}`}>{t('detail.inCatalog')}</TextLink>
        </p>
      ) : null}
    </Panel>
  )
}
