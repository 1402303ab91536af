import { getTranslations } from 'next-intl/server'
import { ClaimStateBadge } from '@/components/claims/claim-state'
import { Credit } from '@/components/ui/credit'
import { DescriptionList } from '@/components/ui/description-list'
import { TextLink } from '@/components/ui/text-link'
import { CLAIM_STATES } from '@/lib/domain/claim-states'
import type { MemberView } from '@/lib/people/view'

/** Claims by state and the credit so far, with the ways to both. */
export async function MemberStanding({ member }: { member: MemberView }) {
  const t = await getTranslations('people')
  const states = CLAIM_STATES.flatMap((state) => {
    const count = member.claims.find((claim) => claim.state === state)?.count ?? 0
    return count > 0 ? [{ state, count }] : []
  })
  const claims =
    states.length === 0 ? (
      t('member.noClaims')
    ) : (
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {states.map(({ state, count }) => (
          <li key={state}>
            <ClaimStateBadge state={state} /> {count}
          </li>
        ))}
      </ul>
    )
  const credit =
    member.creditEntries === 0 ? (
      t('member.noCredit')
    ) : (
      <>
        <Credit hundredths={member.creditHundredths} />{' '}
        <TextLink href={`/admin/ledger?number=${encodeURIComponent(member.number)}`} className="text-sm">
          {t('member.creditLines', { count: member.creditEntries })}
        </TextLink>
      </>
    )
  return (
    <DescriptionList
      items={[
        { term: t('member.claims'), value: claims },
        { term: t('member.credit'), value: credit },
      ]}
    />
  )
}
