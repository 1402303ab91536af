import type { getTranslations } from 'next-intl/server'

type Words = Awaited<ReturnType<typeof getTranslations<'catalog'>>>

/** A line's reason: a seeded one is a code, an admin's is words already. */
export function reasonInWords(reason: string, t: Words): string {
  return reason === 'seeded' || reason === 'mixed_owner' ? t(`reason.${reason}`) : reason
}
