import { useLocale } from 'next-intl'
import { thingAddress } from '@/components/audit/thing-address'
import { TextLink } from '@/components/ui/text-link'
import type { AuditThing } from '@/lib/audit/view'

/** What a thing is called today, with the way to it; nothing where it has no name. */
export function AuditThingLink({ thing }: { thing: AuditThing }) {
  const locale = useLocale()
  if (thing.name === null) return null
  const name = <bdi>{locale === 'en' ? thing.name.en : thing.name.zh}</bdi>
  const href = thingAddress(thing)
  return href === null ? name : <TextLink href={href}>{name}</TextLink>
}
