import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createTranslator } from 'next-intl'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Values = Record<string, string | number>
/** The words of a key as the screen shows them: `words('claims.form.save')`. */
export type Words = (key: string, values?: Values) => string

const root = join(import.meta.dirname, '../../..')

/** All messages of a language, so that tests name what a person reads and not how the page is built. */
export function loadWords(locale: Locale): Words {
  const messages = Object.fromEntries(
    globSync('*.json', { cwd: join(root, 'messages', locale) }).map((file) => [
      basename(file, '.json'),
      JSON.parse(readFileSync(join(root, 'messages', locale, file), 'utf8')),
    ]),
  )
  const translate = createTranslator({
    locale,
    messages,
    onError: (error) => {
      throw error
    },
  })
  return (key, values) => translate(key, values)
}
