import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getLocale, getTranslations } from 'next-intl/server'
import { PublicShell } from '@/components/shell/public-shell'
import { LinkButton } from '@/components/ui/button'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { listUniversitiesToSignIn } from '@/lib/auth/join-university'
import { readStillSignedIn, stillSignedInCookie } from '@/lib/auth/still-signed-in'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signedOut')
  return { title: t('title') }
}

/** Who is at two universities may be signed in at the other one still: a way out of there too. */
async function ElsewhereToo({ providerIds }: { providerIds: readonly string[] }) {
  const [t, locale, universities] = await Promise.all([
    getTranslations('auth.signedOut'),
    getLocale(),
    listUniversitiesToSignIn(),
  ])
  const others = universities.filter(({ slug }) => providerIds.includes(`oidc-${slug}`))
  if (others.length === 0) return null
  return (
    <Panel title={t('elsewhere')} className="mt-8">
      <ul className="divide-y divide-line">
        {others.map(({ slug, nameEn, nameZh }) => (
          <li key={slug} className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <span>{locale === 'en' ? nameEn : nameZh}</span>
            <form action={`/api/auth/sign-out/oidc-${slug}`} method="post">
              <SubmitButton variant="secondary" size="sm">
                {t('thereToo')}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** After the sign-out: here and at the university, or here only where the university's could not be reached. */
export default async function SignedOutPage({ searchParams }: Props) {
  const [t, jar, { only }] = await Promise.all([getTranslations('auth.signedOut'), cookies(), searchParams])
  const still = readStillSignedIn(jar.get(stillSignedInCookie())?.value)
  return (
    <PublicShell hideSignIn>
      <div className="mx-auto max-w-xl px-4 py-16 sm:px-6">
        <h1 className="font-semibold font-serif text-3xl">{t('title')}</h1>
        <p className="mt-2 text-ink-soft">{t(only === 'here' ? 'hereOnly' : 'text')}</p>
        {still.length > 0 ? <ElsewhereToo providerIds={still} /> : null}
        <div className="mt-8 flex flex-wrap gap-3">
          <LinkButton href="/sign-in" variant="primary">
            {t('again')}
          </LinkButton>
          <LinkButton href="/">{t('home')}</LinkButton>
        </div>
      </div>
    </PublicShell>
  )
}
