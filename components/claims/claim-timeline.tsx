import { useTranslations } from 'next-intl'
import { answersInTime, CreditAnswer } from '@/components/claims/credit-answer'
import { DateTime } from '@/components/ui/date-time'
import { Timeline, type TimelineEntry } from '@/components/ui/timeline'
import type { Tone } from '@/components/ui/tone'
import type { ClaimView } from '@/lib/claims/view'

const ACTION_TONES: Record<string, Tone> = {
  endorse: 'indigo',
  approve: 'jade',
  reject: 'cinnabar',
  request_changes: 'amber',
}

type Props = { claim: Pick<ClaimView, 'createdAt' | 'submittedAt' | 'items' | 'decisions' | 'credit' | 'timeZone'> }

/** What happened to a claim, oldest first, with what the deciders wrote. */
export function ClaimTimeline({ claim }: Props) {
  const t = useTranslations('claims.detail')
  const tr = useTranslations()
  const when = (value: Date) => <DateTime value={value} timeZone={claim.timeZone} />
  const captured = claim.items.flatMap(({ evidence }) => evidence?.capturedAt.getTime() ?? [])
  const frozenAt =
    captured.length > 0 && captured.length === claim.items.length ? new Date(Math.max(...captured)) : null
  const entries: (TimelineEntry & { at: Date })[] = [
    { key: 'created', at: claim.createdAt, title: t('created'), when: when(claim.createdAt) },
    ...(claim.submittedAt
      ? [
          {
            key: 'submitted',
            at: claim.submittedAt,
            title: t('submitted'),
            when: when(claim.submittedAt),
            tone: 'indigo' as const,
          },
        ]
      : []),
    ...(frozenAt ? [{ key: 'frozen', at: frozenAt, title: t('evidenceFrozen'), when: when(frozenAt) }] : []),
    ...claim.decisions.map(({ id, action, decidedAt, deciderName, reasonCode, comment }) => {
      const reason = `reviews.reason.${reasonCode}`
      return {
        key: id,
        at: decidedAt,
        title: t.has(`decision.${action}`) ? t(`decision.${action}`) : action,
        when: when(decidedAt),
        tone: ACTION_TONES[action] ?? ('neutral' as const),
        children: (
          <>
            <span>{t('by', { name: deciderName })}</span>
            {reasonCode !== null && tr.has(reason) ? <span className="block">{tr(reason)}</span> : null}
            {comment === '' ? null : <q className="block whitespace-pre-line text-ink">{comment}</q>}
          </>
        ),
      }
    }),
    ...answersInTime(claim.credit).map(({ answer, ...entry }) => ({
      ...entry,
      title: t(`answer.${answer.kind}`),
      when: when(entry.at),
      children: <CreditAnswer answer={answer} />,
    })),
  ]
  return <Timeline entries={entries.toSorted((a, b) => a.at.getTime() - b.at.getTime())} />
}
