import { getTranslations } from 'next-intl/server'
import { cx } from '@/components/ui/cx'
import { Icon, type IconName } from '@/components/ui/icon'
import { LOCALES, type Locale, THEMES, type Theme } from '@/lib/i18n/locales'
import { readPreferences } from '@/lib/i18n/preferences'

const PREFERENCES_PATH = '/preferences'

/** Each language calls itself by its own name, whatever the page speaks. */
const LOCALE_NAMES: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' }

const THEME_ICONS: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' }

const SEGMENT =
  'inline-flex min-h-8 flex-1 items-center justify-center gap-1.5 rounded-sm px-2.5 text-sm text-ink-soft hover:text-ink ' +
  'aria-pressed:bg-sheet aria-pressed:text-ink aria-pressed:shadow-[0_0_0_1px_var(--c-line)]'

/** A plain form: the language is the server's, so the page comes back in it, without script too. */
export async function LanguageSwitch({ className }: { className?: string }) {
  const [t, { locale }] = await Promise.all([getTranslations('shell'), readPreferences()])
  return (
    <form action={PREFERENCES_PATH} method="post" className={className}>
      <fieldset className="flex gap-0.5 rounded-md bg-wash p-0.5">
        <legend className="sr-only">{t('language')}</legend>
        {LOCALES.map((choice) => (
          <button
            key={choice}
            type="submit"
            name="locale"
            value={choice}
            lang={choice}
            aria-pressed={choice === locale}
            className={SEGMENT}
          >
            {LOCALE_NAMES[choice]}
          </button>
        ))}
      </fieldset>
    </form>
  )
}

/** Light, dark, or as the device has it. */
export async function ThemeSwitch({ className }: { className?: string }) {
  const [t, { theme }] = await Promise.all([getTranslations('shell'), readPreferences()])
  return (
    <form action={PREFERENCES_PATH} method="post" className={className}>
      <fieldset className="flex gap-0.5 rounded-md bg-wash p-0.5">
        <legend className="sr-only">{t('theme.label')}</legend>
        {THEMES.map((choice) => (
          <button
            key={choice}
            type="submit"
            name="theme"
            value={choice}
            aria-pressed={choice === theme}
            title={t(`theme.${choice}`)}
            className={cx(SEGMENT, 'px-2')}
          >
            <Icon name={THEME_ICONS[choice]} />
            <span className="sr-only">{t(`theme.${choice}`)}</span>
          </button>
        ))}
      </fieldset>
    </form>
  )
}
