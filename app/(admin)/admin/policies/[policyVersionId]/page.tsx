import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import * as z from 'zod'
import { publishPolicyAction } from '@/app/(admin)/admin/policies/actions'
import { PolicyInWords } from '@/components/policies/policy-in-words'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { LinkButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Copyable } from '@/components/ui/copyable'
import { PageHeader } from '@/components/ui/page-header'
import { SubmitButton } from '@/components/ui/submit-button'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getPolicyVersion } from '@/lib/policies/get-policy-version'
import type { PolicyView } from '@/lib/policies/view'

/** One version in words; a draft can be published from here, after it was read. */
export default async function PolicyVersionPage({ params }: { params: Promise<{ policyVersionId: string }> }) {
  const actor = await requireActor('admin')
  const { policyVersionId } = await params
  if (!z.uuid().safeParse(policyVersionId).success) notFound()
  const [t, locale, view] = await Promise.all([
    getTranslations('policies'),
    getLocale(),
    getPolicyVersion(actor, policyVersionId).catch((error: unknown) => {
      if (isAppError(error, 'not_found')) notFound()
      throw error
    }),
  ])
  return (
    <>
      <Breadcrumbs crumbs={[{ href: '/admin/policies', label: t('admin.title') }]} />
      <PageHeader
        title={locale === 'en' ? view.policy.title.en : view.policy.title.zh}
        badge={
          <Badge tone={view.status === 'draft' ? 'amber' : 'jade'}>
            {t('version', { version: view.version })}
            {view.status === 'draft' ? ` · ${t('draft')}` : ''}
          </Badge>
        }
        action={
          <>
            <LinkButton href={`/api/policies/${view.id}`} variant="secondary" icon="download">
              {t('download')}
            </LinkButton>
            {view.status === 'draft' ? <PublishDialog view={view} /> : null}
          </>
        }
      />
      <PolicyInWords policy={view.policy} />
      <p className="mt-6 text-ink-faint text-sm">
        {t('documentHash')} <Copyable value={view.documentSha256} />
      </p>
    </>
  )
}

async function PublishDialog({ view }: { view: PolicyView }) {
  const t = await getTranslations('policies.admin')
  return (
    <ConfirmDialog
      trigger={t('publish')}
      title={t('publishTitle', { version: view.version })}
      cancelLabel={t('cancel')}
      variant="primary"
    >
      <p className="mb-4">{t('publishText')}</p>
      <ActionForm action={publishPolicyAction}>
        <input type="hidden" name="policyVersionId" value={view.id} />
        <input type="hidden" name="documentSha256" value={view.documentSha256} />
        <SubmitButton>{t('publishYes')}</SubmitButton>
      </ActionForm>
    </ConfirmDialog>
  )
}
