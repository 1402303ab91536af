import { useTranslations } from 'next-intl'
import { answersInTime, CreditAnswer } from '@/components/claims/credit-answer'
import { DateTime } from '@/components/ui/date-time'
import { Timeline } from '@/components/ui/timeline'
import type { Tone } from '@/components/ui/tone'
import type { ReviewClaim } from '@/lib/reviews/view'

const TONES: Record<string, Tone> = { endorse: 'indigo', approve: 'jade', reject: 'cinnabar', request_changes: 'amber' }

/** When the claim was handed in, every decision since with its words, and what the ledger made of its award. */
export function DecisionHistory({
  claim,
}: {
  claim: Pick<ReviewClaim, 'submittedAt' | 'decisions' | 'credit' | 'timeZone'>
}) {
  const t = useTranslations('reviews')
  const tc = useTranslations('claims.detail')
  const when = (value: Date) => <DateTime value={value} timeZone={claim.timeZone} />
  const submitted = claim.submittedAt
    ? [{ key: 'submitted', title: t('history.submitted'), when: when(claim.submittedAt) }]
    : []
  const decided = claim.decisions.map((decision) => ({
    key: decision.id,
    title: t.has(`history.${decision.action}`) ? t(`history.${decision.action}`) : decision.action,
    when: when(decision.decidedAt),
    tone: TONES[decision.action] ?? ('neutral' as const),
    children: (
      <>
        <span>{decision.deciderName}</span>
        {decision.reasonCode !== null && t.has(`reason.${decision.reasonCode}`) ? (
          <span className="block">{t(`reason.${decision.reasonCode}`)}</span>
        ) : null}
        {decision.comment === '' ? null : <q className="block whitespace-pre-line text-ink">{decision.comment}</q>}
      </>
    ),
  }))
  const answers = answersInTime(claim.credit)
  const answered = answers.map(({ key, at, tone, answer }) => ({
    ...{ key, tone, when: when(at), title: tc(`answer.${answer.kind}`) },
    children: <CreditAnswer answer={answer} />,
  }))
  const entries = [...decided, ...submitted, ...answered]
  // The newest submission stands last in the claim, decisions of earlier rounds came before it.
  const times = new Map<string, number>([
    ...claim.decisions.map(({ id, decidedAt }) => [id, decidedAt.getTime()] as const),
    ['submitted', claim.submittedAt?.getTime() ?? 0],
    ...answers.map(({ key, at }) => [key, at.getTime()] as const),
  ])
  return <Timeline entries={entries.toSorted((a, b) => (times.get(a.key) ?? 0) - (times.get(b.key) ?? 0))} />
}
