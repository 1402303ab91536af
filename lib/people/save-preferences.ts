import { savePersonLocale, savePersonTheme } from '@/lib/db/persons'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import type { Locale, Theme } from '@/lib/i18n/locales'

/** Keeps the language and look that a person chose, so that the next sign-in on any device has them. */
export async function savePreferences(
  actor: MemberActor,
  input: { locale?: Locale | undefined; theme?: Theme | undefined },
): Promise<void> {
  assertCan(actor, 'self.settings')
  const { locale, theme } = input
  const { personId } = actor
  await withScope({ personId }, async (tx) => {
    if (locale !== undefined) await savePersonLocale(tx, personId, locale)
    if (theme !== undefined) await savePersonTheme(tx, personId, theme)
  })
}
