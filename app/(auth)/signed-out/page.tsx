import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PublicShell } from '@/components/shell/public-shell'
import { LinkButton } from '@/components/ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth.signedOut')
  return { title: t('title') }
}

/** After the sign-out, here and at the university. */
export default async function SignedOutPage() {
  const t = await getTranslations('auth.signedOut')
  return (
    <PublicShell hideSignIn>
      <div className="mx-auto max-w-xl px-4 py-16 sm:px-6">
        <h1 className="font-semibold font-serif text-3xl">{t('title')}</h1>
        <p className="mt-2 text-ink-soft">{t('text')}</p>
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
