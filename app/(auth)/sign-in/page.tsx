import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PublicShell } from '@/components/shell/public-shell'
import { EmptyState } from '@/components/ui/empty-state'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { homePathFor } from '@/lib/auth/home-path'
import { listUniversitiesToSignIn } from '@/lib/auth/join-university'
import { getViewer } from '@/lib/auth/session'
import { safeReturnPath } from '@/lib/http/safe-return-path'

type Search = { error?: string | string[]; university?: string | string[]; return?: string | string[] }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signIn')
  return { title: t('title') }
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

/** Words for why it did not work; what a page was asked with is never shown itself. */
async function SignInError({ code, name }: { code: string; name: string }) {
  const t = await getTranslations('auth')
  const key = `errors.${code}` as const
  const known = /^[a-z_]+$/.test(code) && t.has(key) ? key : 'errors.sign_in_failed'
  return (
    <Notice kind="danger" live title={t(known, { university: name })} className="mb-6">
      {t.has(`${known}_hint`) ? t(`${known}_hint`) : t('errors.help')}
    </Notice>
  )
}

/** One chooses one's university; it does the rest. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [search, t, locale, universities, viewer] = await Promise.all([
    searchParams,
    getTranslations('auth.signIn'),
    getLocale(),
    listUniversitiesToSignIn(),
    getViewer(),
  ])
  const returnPath = safeReturnPath(first(search.return))
  const error = first(search.error)
  const nameOf = (one: { nameZh: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.nameZh)
  const asked = universities.find(({ slug }) => slug === first(search.university))
  return (
    <PublicShell hideSignIn>
      <div className="mx-auto max-w-xl px-4 py-12 sm:px-6 sm:py-16">
        <h1 className="font-semibold font-serif text-3xl">{t('title')}</h1>
        <p className="mt-2 mb-8 text-ink-soft">{t('lead')}</p>
        {error ? <SignInError code={error} name={asked ? nameOf(asked) : t('yourUniversity')} /> : null}
        {viewer ? (
          <Notice className="mb-6">
            {t('signedInAs', { name: viewer.name, university: nameOf(viewer.university) })}{' '}
            <TextLink href={returnPath === '/' ? homePathFor(viewer.actor.roles) : returnPath}>{t('goOn')}</TextLink>
          </Notice>
        ) : null}
        {universities.length === 0 ? <EmptyState title={t('none')}>{t('noneHint')}</EmptyState> : null}
        <ul className="space-y-3">
          {universities.map((university) => (
            <li key={university.id}>
              <form action={`/api/auth/signin/oidc-${university.slug}`} method="post">
                <input type="hidden" name="return" value={returnPath} />
                <button
                  type="submit"
                  className="flex w-full items-center gap-4 rounded-lg border border-line-strong bg-sheet px-5 py-4 text-start hover:bg-wash"
                >
                  <Icon name="university" className="size-6 text-cinnabar" />
                  <span className="flex-1">
                    <span className="block font-medium text-lg">{nameOf(university)}</span>
                    <span className="block text-ink-faint text-sm" lang={locale === 'en' ? 'zh-CN' : 'en'}>
                      {locale === 'en' ? university.nameZh : university.nameEn}
                    </span>
                  </span>
                  <Icon name="chevron-right" className="size-5 text-ink-faint" />
                </button>
              </form>
            </li>
          ))}
        </ul>
        <p className="mt-8 text-ink-soft text-sm">{t('privacy')}</p>
        <p className="mt-2 text-ink-soft text-sm">{t('missing')}</p>
      </div>
    </PublicShell>
  )
}
