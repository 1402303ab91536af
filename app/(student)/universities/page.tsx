import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { switchUniversity } from '@/app/_frame/actions'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { listOtherUniversities } from '@/lib/auth/join-university'
import { requireViewer } from '@/lib/auth/session'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.universities')
  return { title: t('title') }
}

/** Where one is a member, the way from one to the other, and how to add one more. */
export default async function UniversitiesPage({
  searchParams,
}: {
  searchParams: Promise<{ error?: string | string[] }>
}) {
  const viewer = await requireViewer()
  const [t, errors, locale, others, { error }] = await Promise.all([
    getTranslations('auth.universities'),
    getTranslations('auth.errors'),
    getLocale(),
    listOtherUniversities(viewer),
    searchParams,
  ])
  const nameOf = (one: { nameZh: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.nameZh)
  const known = typeof error === 'string' && /^[a-z_]+$/.test(error) && errors.has(error) ? error : 'sign_in_failed'
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {error === undefined ? null : (
        <Notice kind="danger" live className="mb-6" title={errors(known, { university: t('other') })} />
      )}
      <div className="grid max-w-4xl gap-6">
        <Panel title={t('mine')}>
          <ul className="divide-y divide-line">
            {viewer.memberships.map((membership) => (
              <li key={membership.universityId} className="flex min-h-12 items-center justify-between gap-4 py-2">
                <span className="font-medium">{nameOf(membership)}</span>
                {membership.universityId === viewer.university.universityId ? (
                  <Badge tone="jade" icon="check">
                    {t('current')}
                  </Badge>
                ) : (
                  <form action={switchUniversity}>
                    <input type="hidden" name="universityId" value={membership.universityId} />
                    <SubmitButton variant="secondary" size="sm">
                      {t('goThere')}
                    </SubmitButton>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </Panel>
        {others.length > 0 ? (
          <Panel title={t('add')} lead={t('addLead')}>
            <ul className="divide-y divide-line">
              {others.map((university) => (
                <li
                  key={university.id}
                  className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
                >
                  <span>{nameOf(university)}</span>
                  <form action={`/api/auth/signin/oidc-${university.slug}`} method="post">
                    <input type="hidden" name="joining" value="yes" />
                    <SubmitButton variant="secondary" size="sm">
                      {t('prove')}
                    </SubmitButton>
                  </form>
                </li>
              ))}
            </ul>
          </Panel>
        ) : null}
      </div>
    </>
  )
}
