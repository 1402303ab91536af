import { getTranslations } from 'next-intl/server'
import { ContributionLine } from '@/components/contributions/contribution-line'
import { ReasonList } from '@/components/contributions/reason-list'
import { ActionForm } from '@/components/ui/action-form'
import { TextField } from '@/components/ui/fields'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { SubmitButton } from '@/components/ui/submit-button'
import { explainMissing } from '@/lib/contributions/explain-missing'
import { explainMissingSchema } from '@/lib/contributions/schema'
import type { MissingExplanation } from '@/lib/contributions/view'
import type { MemberActor } from '@/lib/domain/actor'
import { isAppError } from '@/lib/domain/errors'
import { loadWords } from '@/lib/http/words'
import { addContributionAction } from './actions'

type Answer = { explanation: MissingExplanation } | { refusal: string } | null

async function answerFor(actor: MemberActor, address: string | null): Promise<Answer> {
  if (address === null) return null
  const words = await loadWords('contributions')
  const input = explainMissingSchema.safeParse({ address })
  if (!input.success) return { refusal: words.reason('address_too_long', 'invalid', {}) }
  try {
    return { explanation: await explainMissing(actor, input.data) }
  } catch (error) {
    if (isAppError(error)) return { refusal: words.reason(error.code, error.kind, error.details) }
    throw error
  }
}

type ExplainedProps = { explanation: MissingExplanation; text: string; timeZone: string }

async function Explained({ explanation, text, timeZone }: ExplainedProps) {
  const t = await getTranslations('contributions.missing')
  const { reference, counts, canAdd, contribution, reasons, platformFailure, source } = explanation
  return (
    <Notice kind={counts ? 'success' : 'attention'} live className="mt-4" title={t('answerFor', { reference })}>
      {contribution === null ? null : (
        <div className="my-2 rounded-sm bg-sheet px-3 py-2">
          <ContributionLine contribution={contribution} timeZone={timeZone} />
        </div>
      )}
      {platformFailure === null ? null : <p className="text-sm">{t('platformFailed', { failure: platformFailure })}</p>}
      <p className="mb-2 text-sm">{t(counts ? 'countsAnswer' : canAdd ? 'canAddAnswer' : 'doesNotCountAnswer')}</p>
      <ReasonList reasons={reasons} timeZone={timeZone} full />
      <p className="mt-2 text-ink-faint text-sm">{t(`source.${source}`)}</p>
      {canAdd ? (
        <ActionForm action={addContributionAction} className="mt-3">
          <input type="hidden" name="address" value={text} />
          <SubmitButton pendingLabel={t('adding')}>{t('add')}</SubmitButton>
        </ActionForm>
      ) : null}
    </Notice>
  )
}

type Props = { actor: MemberActor; address: string | null; timeZone: string }

/**
 * "Why isn't my work here?": paste an address, get the reason, and add what can be added. A plain form: the answer has an
 * address of its own.
 */
export async function MissingContribution({ actor, address, timeZone }: Props) {
  const t = await getTranslations('contributions.missing')
  const answer = await answerFor(actor, address)
  return (
    <Panel id="missing" title={t('title')} lead={t('lead')}>
      <form action="/contributions#missing" method="get" className="space-y-3">
        <TextField
          name="missing"
          label={t('label')}
          placeholder={t('placeholder')}
          defaultValue={address ?? undefined}
          maxLength={2000}
          required
          autoComplete="off"
          inputMode="url"
        />
        <SubmitButton variant="secondary" pendingLabel={t('asking')}>
          {t('ask')}
        </SubmitButton>
      </form>
      {answer === null ? null : 'refusal' in answer ? (
        <Notice kind="attention" live className="mt-4">
          {answer.refusal}
        </Notice>
      ) : (
        <Explained explanation={answer.explanation} text={address ?? ''} timeZone={timeZone} />
      )}
    </Panel>
  )
}
