import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ContributionLine, type LinedContribution } from '@/components/contributions/contribution-line'
import { ReasonList } from '@/components/contributions/reason-list'
import { ActionForm } from '@/components/ui/action-form'
import { Checkbox } from '@/components/ui/choice-fields'
import { Credit } from '@/components/ui/credit'
import { SelectField, TextareaField, TextField } from '@/components/ui/fields'
import type { FormAction } from '@/components/ui/form-state'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { CLAIM_LIMITS } from '@/lib/claims/schema'
import { AI_USES, type AiUse } from '@/lib/domain/ai-use'
import type { Reason } from '@/lib/domain/eligibility'

/** A contribution that may be put into the claim. */
export type ClaimChoice = LinedContribution & {
  contributionId: string
  reasons: readonly Reason[]
  previewHundredths: number | null
  chosen: boolean
  aiUse: AiUse
  aiUseNote: string
}

type Props = {
  action: FormAction
  /** Sent along: the term, or the claim and its version. */
  hidden: Readonly<Record<string, string>>
  choices: readonly ClaimChoice[]
  lead: string
  statement: string
  timeZone: string
  /** Shows what the choice gives. */
  preview: ReactNode
}

function Choice({ choice, timeZone }: { choice: ClaimChoice; timeZone: string }) {
  const t = useTranslations('claims.form')
  const id = choice.contributionId
  return (
    <li className="border-line border-b px-5 py-4 last:border-0">
      <div className="flex items-start gap-3">
        <Checkbox
          name="contributionIds"
          value={id}
          label={t('choose', { title: choice.title })}
          hideLabel
          defaultChecked={choice.chosen}
          className="shrink-0"
        />
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-start justify-between gap-x-4">
            <div className="min-w-0 flex-1 basis-64">
              <ContributionLine contribution={choice} timeZone={timeZone} />
            </div>
            {choice.previewHundredths === null ? null : <Credit hundredths={choice.previewHundredths} />}
          </div>
          {choice.reasons.length > 0 ? (
            <div className="mt-2">
              <ReasonList reasons={choice.reasons} timeZone={timeZone} />
            </div>
          ) : null}
          <div className="mt-3 grid gap-3 sm:grid-cols-[minmax(12rem,16rem)_1fr]">
            <SelectField
              name={`aiUse.${id}`}
              label={t('aiUse')}
              defaultValue={choice.aiUse}
              choices={AI_USES.map((value) => ({ value, label: t(`ai.${value}`) }))}
            />
            <TextField
              name={`aiUseNote.${id}`}
              label={t('aiUseNote')}
              defaultValue={choice.aiUseNote}
              maxLength={CLAIM_LIMITS.aiUseNoteLength}
            />
          </div>
        </div>
      </div>
    </li>
  )
}

/** Chooses contributions, declares the use of AI for each, and says something about them. */
export function ClaimForm({ action, hidden, choices, lead, statement, timeZone, preview }: Props) {
  const t = useTranslations('claims.form')
  return (
    <ActionForm action={action}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Panel title={t('contributions')} lead={lead} flush>
        <p className="px-5 pb-2 text-ink-faint text-sm">{t('aiUseHint')}</p>
        <ul className="border-line border-t">
          {choices.map((choice) => (
            <Choice key={choice.contributionId} choice={choice} timeZone={timeZone} />
          ))}
        </ul>
      </Panel>
      <Panel>
        <TextareaField
          name="statement"
          label={t('statement')}
          hint={t('statementHint', { limit: CLAIM_LIMITS.statementLength })}
          rows={6}
          maxLength={CLAIM_LIMITS.statementLength}
          defaultValue={statement}
        />
      </Panel>
      <div className="sticky bottom-0 z-10 -mx-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-line border-t bg-paper px-4 py-3 sm:mx-0 sm:rounded-b-lg">
        {preview}
        <SubmitButton pendingLabel={t('saving')}>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
