import { getTranslations } from 'next-intl/server'
import { LanguageSwitch, ThemeSwitch } from '@/components/shell/preference-switches'
import { TextLink } from '@/components/ui/text-link'

/** The foot of every page: what this is, language and theme. */
export async function Footer() {
  const t = await getTranslations('shell')
  return (
    <footer className="border-line border-t print:hidden">
      <div className="mx-auto flex max-w-[90rem] flex-wrap items-center justify-between gap-x-8 gap-y-4 px-4 py-5 sm:px-6">
        <p className="text-ink-faint text-sm">
          {t('footer')} <TextLink href="/maintainers">{t('maintainers')}</TextLink>
        </p>
        <div className="flex flex-wrap gap-3">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </div>
    </footer>
  )
}
