import { useTranslations } from 'next-intl'
import { Credit } from '@/components/ui/credit'
import type { Tone } from '@/components/ui/tone'
import type { CreditAnswer as Answer, ClaimCredit } from '@/lib/domain/claim-credit'

/** The lines of the ledger that answered a claim's award, for a timeline. */
export function answersInTime(credit: ClaimCredit | null): { key: string; at: Date; tone: Tone; answer: Answer }[] {
  return (credit?.answers ?? []).map((answer) => ({
    key: `line ${answer.sequence}`,
    at: answer.issuedAt,
    tone: answer.kind === 'revocation' ? 'cinnabar' : 'amber',
    answer,
  }))
}

/** What a line of the ledger did to an award, and why. */
export function CreditAnswer({ answer }: { answer: Answer }) {
  const t = useTranslations('claims.detail')
  return (
    <>
      <span className="flex flex-wrap justify-between gap-x-4">
        {t('line', { sequence: answer.sequence })} <Credit hundredths={answer.creditHundredths} signed />
      </span>
      <q className="block whitespace-pre-line text-ink">{answer.reason}</q>
    </>
  )
}

/** Under a calculation that the ledger corrected since: what is left, so that nobody takes the sum above for it. */
export function CreditLeft({ credit }: { credit: ClaimCredit | null }) {
  const t = useTranslations('claims.detail')
  if (credit === null || credit.answers.length === 0) return null
  return (
    <dl className="border-line border-t px-5 py-3">
      {credit.answers.map(({ sequence, kind, creditHundredths }) => (
        <div key={sequence} className="flex justify-between gap-x-4 text-ink-soft text-sm">
          <dt>
            {t(`answer.${kind}`)} · {t('line', { sequence })}
          </dt>
          <dd>
            <Credit hundredths={creditHundredths} bare signed />
          </dd>
        </div>
      ))}
      <div className="mt-2 flex justify-between gap-x-4 font-medium">
        <dt>{t('left')}</dt>
        <dd>
          <Credit hundredths={credit.netHundredths} />
        </dd>
      </div>
    </dl>
  )
}
