import type { getTranslations } from 'next-intl/server'
import { ROLES } from '@/lib/domain/actor'

export type RosterWords = Awaited<ReturnType<typeof getTranslations<'roster'>>>

/** Roles as a preview keeps them (`student,reviewer`), in the reader's language. */
export function rolesInWords(list: string, t: RosterWords): string {
  const held = list.split(',')
  return ROLES.filter((role) => held.includes(role))
    .map((role) => t(`role.${role}`))
    .join(t('lines.and'))
}
