import { useLocale, useTranslations } from 'next-intl'
import { ContributionLine } from '@/components/contributions/contribution-line'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { Details } from '@/components/ui/details'
import { TextField } from '@/components/ui/fields'
import type { FormAction } from '@/components/ui/form-state'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import type { JointContribution } from '@/lib/contributions/view'
import { formatMoment } from '@/lib/i18n/format'

type Part = JointContribution['parts'][number]

function Standing({ part, isProposed }: { part: Part; isProposed: boolean }) {
  const t = useTranslations('contributions.shares')
  if (!part.linked) return <span className="text-ink-faint">{t('absent')}</span>
  if (!isProposed) return null
  return (
    <span className={part.confirmed ? 'text-jade' : 'text-ink-faint'}>
      {t(part.confirmed ? 'confirmed' : 'waiting')}
    </span>
  )
}

function Parts({ item }: { item: JointContribution }) {
  const t = useTranslations('contributions.shares')
  return (
    <ul aria-label={t('parts')} className="mt-3 space-y-1 text-sm">
      {item.parts.map((part) => (
        <li key={part.platformUserId} className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-mono [overflow-wrap:anywhere]">{part.login}</span>
          {part.isOwn ? <span className="text-ink-soft">{t('you')}</span> : null}
          {part.percent === null ? null : (
            <span className="tabular-nums">{t('percentOf', { percent: part.percent })}</span>
          )}
          <Standing part={part} isProposed={item.state === 'proposed'} />
        </li>
      ))}
    </ul>
  )
}

function Until({ item, timeZone }: { item: JointContribution; timeZone: string }) {
  const t = useTranslations('contributions.shares')
  const locale = useLocale()
  if (item.answerUntil === null) return null
  const until = formatMoment(item.answerUntil, { locale, timeZone, style: 'datetime' })
  return <p className="mt-3 text-ink-soft text-sm">{t(item.canLapse ? 'lapsed' : 'answerUntil', { until })}</p>
}

/** After the time to answer: the yes that was given is given again, and locks it. */
function Lapse({ item, action }: { item: JointContribution; action: FormAction }) {
  const t = useTranslations('contributions.shares')
  return (
    <ActionForm action={action} className="mt-4">
      <input type="hidden" name="contributionId" value={item.contributionId} />
      <input type="hidden" name="version" value={item.version} />
      <input type="hidden" name="answer" value="confirm" />
      <SubmitButton pendingLabel={t('confirming')}>{t('lock')}</SubmitButton>
    </ActionForm>
  )
}

function Answer({ item, action }: { item: JointContribution; action: FormAction }) {
  const t = useTranslations('contributions.shares')
  return (
    <div className="mt-4 flex flex-wrap gap-3">
      {(['confirm', 'refuse'] as const).map((kind) => (
        <ActionForm key={kind} action={action}>
          <input type="hidden" name="contributionId" value={item.contributionId} />
          <input type="hidden" name="version" value={item.version} />
          <input type="hidden" name="answer" value={kind} />
          <SubmitButton
            variant={kind === 'confirm' ? 'primary' : 'secondary'}
            pendingLabel={t(kind === 'confirm' ? 'confirming' : 'refusing')}
          >
            {t(kind)}
          </SubmitButton>
        </ActionForm>
      ))}
    </div>
  )
}

/** What remains goes to the author: the form begins with equal parts, which sum to the whole. */
function equalPart(item: JointContribution, index: number): number {
  return item.leastOfAbsent + (index === 0 ? 100 - item.leastOfAbsent * item.parts.length : 0)
}

function Proposal({ item, action }: { item: JointContribution; action: FormAction }) {
  const t = useTranslations('contributions.shares')
  return (
    <ActionForm action={action} className="space-y-3">
      <input type="hidden" name="contributionId" value={item.contributionId} />
      <input type="hidden" name="version" value={item.version} />
      {item.parts.map((part, index) => (
        <TextField
          key={part.platformUserId}
          name={`percent.${part.platformUserId}`}
          label={t('percent', { login: part.login })}
          defaultValue={String(part.percent ?? equalPart(item, index))}
          type="number"
          inputMode="numeric"
          min={1}
          max={99}
          step={1}
          required
        />
      ))}
      {item.parts.some(({ linked }) => !linked) ? (
        <p className="text-ink-soft text-sm">{t('least', { least: item.leastOfAbsent })}</p>
      ) : null}
      <SubmitButton variant="secondary" pendingLabel={t('proposing')}>
        {t(item.state === null ? 'propose' : 'proposeAnew')}
      </SubmitButton>
    </ActionForm>
  )
}

type Props = { item: JointContribution; timeZone: string; propose: FormAction; answer: FormAction }

/** One joint contribution: who has which part, and what one can do about it. */
export function JointParts({ item, timeZone, propose, answer }: Props) {
  const t = useTranslations('contributions.shares')
  return (
    <Panel>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-72">
          <ContributionLine contribution={item} timeZone={timeZone} />
        </div>
        <Badge>{t(`state.${item.state ?? 'none'}`)}</Badge>
      </div>
      <Parts item={item} />
      <Until item={item} timeZone={timeZone} />
      {item.awaitsOwn ? <Answer item={item} action={answer} /> : null}
      {item.canLapse && !item.awaitsOwn ? <Lapse item={item} action={answer} /> : null}
      {item.state === 'locked' ? null : item.state === null ? (
        <div className="mt-4">
          <Proposal item={item} action={propose} />
        </div>
      ) : (
        <Details className="mt-4 text-sm" summary={t('proposeAnew')}>
          <Proposal item={item} action={propose} />
        </Details>
      )}
    </Panel>
  )
}
