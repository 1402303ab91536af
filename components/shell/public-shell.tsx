import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Brand } from '@/components/shell/brand'
import { Footer } from '@/components/shell/footer'
import { LanguageSwitch } from '@/components/shell/preference-switches'
import { LinkButton } from '@/components/ui/button'
import { SkipLink } from '@/components/ui/skip-link'

type Props = {
  /** Leaves out the way to the sign-in, on the sign-in page itself. */
  hideSignIn?: boolean
  children: ReactNode
}

/** The frame of the pages before sign-in. */
export async function PublicShell({ hideSignIn, children }: Props) {
  const t = await getTranslations('shell')
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink label={t('skip')} />
      <header className="border-line border-b">
        <div className="mx-auto flex h-14 max-w-6xl items-center justify-between gap-4 px-4 sm:px-6">
          <Brand />
          <div className="flex items-center gap-3">
            <LanguageSwitch />
            {hideSignIn ? null : (
              <LinkButton href="/sign-in" size="sm" variant="primary" className="max-sm:hidden">
                {t('signIn')}
              </LinkButton>
            )}
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <Footer />
    </div>
  )
}
