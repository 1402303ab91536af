import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/ui/date-time'
import { Panel } from '@/components/ui/panel'
import { PersonName } from '@/components/ui/person-name'
import { TextLink } from '@/components/ui/text-link'
import type { EvidenceFailure } from '@/lib/domain/evidence-tries'

type Props = {
  claims: readonly {
    claimId: string
    failure: EvidenceFailure
    submittedAt: Date
    studentName: string
    studentNumber: string
    departmentName: string | null
  }[]
  timeZone: string
}

/** Claims that stand still since their evidence was given up, each with why and the way to it. Nothing where there are none. */
export function FailedEvidence({ claims, timeZone }: Props) {
  const t = useTranslations('claims.evidence')
  if (claims.length === 0) return null
  return (
    <Panel id="evidence" title={t('stuck')} lead={t('stuckLead')} className="mt-6">
      <ul className="divide-y divide-line">
        {claims.map((claim) => (
          <li key={claim.claimId} className="py-2.5 first:pt-0 last:pb-0">
            <TextLink href={`/admin/approvals/${claim.claimId}`}>
              <PersonName name={claim.studentName} number={claim.studentNumber} />
            </TextLink>
            <p className="text-ink-faint text-sm">
              {claim.departmentName === null ? null : `${claim.departmentName} · `}
              <DateTime value={claim.submittedAt} timeZone={timeZone} style="date" /> · {t(`why.${claim.failure}`)}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
