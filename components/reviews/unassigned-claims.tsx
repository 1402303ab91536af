import { useTranslations } from 'next-intl'
import { LinkButton } from '@/components/ui/button'
import { DateTime } from '@/components/ui/date-time'
import { Panel } from '@/components/ui/panel'
import { PersonName } from '@/components/ui/person-name'
import { TextLink } from '@/components/ui/text-link'

type Props = {
  claims: readonly { claimId: string; submittedAt: Date; studentName: string; studentNumber: string }[]
  timeZone: string
}

/** Claims that no reviewer sees, each with the way to it, and how they come to one. Nothing where there are none. */
export function UnassignedClaims({ claims, timeZone }: Props) {
  const t = useTranslations('reviews.unassigned')
  if (claims.length === 0) return null
  const toRoster = (
    <LinkButton href="/admin/roster" size="sm" icon="spreadsheet">
      {t('toRoster')}
    </LinkButton>
  )
  return (
    <Panel id="unassigned" title={t('title')} lead={t('lead')} aside={toRoster} className="mt-6">
      <ul className="divide-y divide-line">
        {claims.map((claim) => (
          <li key={claim.claimId} className="py-2.5 first:pt-0 last:pb-0">
            <TextLink href={`/admin/approvals/${claim.claimId}`}>
              <PersonName name={claim.studentName} number={claim.studentNumber} />
            </TextLink>
            <p className="text-ink-faint text-sm">
              <DateTime value={claim.submittedAt} timeZone={timeZone} style="date" />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
