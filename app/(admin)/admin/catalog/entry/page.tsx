import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { overrideAction, removeOverrideAction } from '@/app/(admin)/admin/catalog/actions'
import { lineName } from '@/components/catalog/catalog-table'
import { EntryFacts } from '@/components/catalog/entry-facts'
import { LandingFields } from '@/components/catalog/landing-fields'
import { ActionForm } from '@/components/ui/action-form'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { RadioGroup } from '@/components/ui/choice-fields'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectField, TextareaField, TextField } from '@/components/ui/fields'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor, requireViewer } from '@/lib/auth/session'
import { getCatalogEntry } from '@/lib/catalog/get-catalog-entry'
import { type CatalogKey, catalogKey } from '@/lib/catalog/schema'
import type { CatalogEntryView, CatalogLine } from '@/lib/catalog/view'
import { CATALOG_KINDS, CATALOG_TIERS, OWN_STATUSES } from '@/lib/domain/catalog'
import { MERGED } from '@/lib/domain/landing-rule'
import { PLATFORMS, platformName } from '@/lib/domain/platform'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('catalog')
  return { title: t('title') }
}

/** Of an address that names nothing yet: everything is the university's to say. */
const NOTHING: CatalogEntryView = {
  line: null,
  decided: null,
  landingRules: MERGED,
  landingWord: 'university',
  repository: null,
}

/** The university's own word on one line, or on one that the catalog does not have yet. */
export default async function CatalogEntryPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor('admin')
  const key = catalogKey.safeParse(await searchParams)
  const [t, viewer, entry] = await Promise.all([
    getTranslations('catalog'),
    requireViewer(),
    key.success ? getCatalogEntry(actor, key.data) : NOTHING,
  ])
  const { line, landingWord, landingRules } = entry
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/catalog', label: t('title') }]} />
      <PageHeader
        title={line ? t('edit.title', { name: lineName(line) }) : t('edit.newTitle')}
        lead={t('edit.lead')}
        action={line?.own ? <RemoveDialog line={line} /> : undefined}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <Panel>
          <ActionForm action={overrideAction}>
            <input type="hidden" name="expectedVersion" value={line?.own?.version ?? ''} />
            {line ? <KnownKey line={line} /> : <KeyFields asked={key.success ? key.data : null} />}
            <WordFields line={line} />
            {landingWord === 'university' ? <LandingFields rules={landingRules} /> : null}
            <SubmitButton>{t('edit.save')}</SubmitButton>
          </ActionForm>
        </Panel>
        <EntryFacts entry={entry} timeZone={viewer.university.timeZone} />
      </div>
    </>
  )
}

function KnownKey({ line }: { line: CatalogLine }) {
  return (
    <>
      <input type="hidden" name="platform" value={line.platform} />
      <input type="hidden" name="owner" value={line.owner} />
      <input type="hidden" name="name" value={line.name ?? ''} />
    </>
  )
}

async function KeyFields({ asked }: { asked: CatalogKey | null }) {
  const t = await getTranslations('catalog')
  return (
    <>
      <SelectField
        name="platform"
        label={t('edit.platform')}
        defaultValue={asked?.platform}
        choices={PLATFORMS.map((platform) => ({ value: platform, label: platformName(platform) }))}
      />
      <TextField
        name="owner"
        label={t('edit.owner')}
        hint={t('edit.ownerHint')}
        defaultValue={asked?.owner}
        required
        maxLength={100}
      />
      <TextField
        name="name"
        label={t('edit.name')}
        hint={t('edit.nameHint')}
        defaultValue={asked?.name ?? ''}
        maxLength={100}
      />
    </>
  )
}

async function WordFields({ line }: { line: CatalogLine | null }) {
  const t = await getTranslations('catalog')
  const seeded = line?.own ? line.reason : ''
  return (
    <>
      <RadioGroup
        name="status"
        label={t('edit.status')}
        defaultValue={OWN_STATUSES.find((one) => one === line?.status) ?? (line ? 'excluded' : 'included')}
        choices={OWN_STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <SelectField
          name="kind"
          label={t('edit.kind')}
          defaultValue={line?.kind ?? 'tool'}
          choices={CATALOG_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        <SelectField
          name="tier"
          label={t('edit.tier')}
          hint={t('edit.tierHint')}
          defaultValue={line?.tier ?? 'standard'}
          choices={CATALOG_TIERS.map((tier) => ({ value: tier, label: t(`tier.${tier}`) }))}
        />
      </div>
      <TextField
        name="acceptedBranches"
        label={t('edit.branches')}
        hint={t('edit.branchesHint')}
        defaultValue={line?.acceptedBranches.join(' ') ?? ''}
        maxLength={500}
      />
      <TextareaField
        name="reason"
        label={t('edit.reason')}
        hint={t('edit.reasonHint')}
        defaultValue={seeded}
        required
        maxLength={500}
        rows={3}
      />
    </>
  )
}

async function RemoveDialog({ line }: { line: CatalogLine }) {
  const t = await getTranslations('catalog')
  const shared = line.own?.sharedStatus
  return (
    <ConfirmDialog
      trigger={t('edit.remove')}
      title={t('edit.removeTitle')}
      cancelLabel={t('edit.cancel')}
      variant="secondary"
    >
      <p className="mb-4">
        {shared ? t('edit.removeText', { status: t(`status.${shared}`) }) : t('edit.removeTextNone')}
      </p>
      <ActionForm action={removeOverrideAction}>
        <KnownKey line={line} />
        <input type="hidden" name="expectedVersion" value={line.own?.version ?? ''} />
        <SubmitButton variant="primary">{t('edit.removeYes')}</SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
