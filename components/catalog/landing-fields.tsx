import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CheckboxGroup } from '@/components/ui/choice-fields'
import { Details } from '@/components/ui/details'
import { TextareaField, TextField } from '@/components/ui/fields'
import { EMPTY_LANDING_FORM, LANDING_CHOICES, type LandingForm, landingFormOf } from '@/lib/domain/landing-form'
import type { LandingRules } from '@/lib/domain/landing-rule'

type Choice = Exclude<LandingForm['choices'][number], 'merged' | 'none'>

/** How changes land, to be said by an admin: what holds is ticked, what belongs to it stands under it. */
export async function LandingFields({ rules }: { rules: LandingRules }) {
  const t = await getTranslations('catalog.landingForm')
  const form = landingFormOf(rules)
  if (form === null) return <p className="text-ink-soft">{t('tooSpecial')}</p>
  const shown = { ...EMPTY_LANDING_FORM, ...form }
  return (
    <div className="space-y-4 rounded-md border border-line p-4">
      <CheckboxGroup
        name="landing.choices"
        label={t('title')}
        hint={t('hint')}
        defaultValues={shown.choices}
        choices={LANDING_CHOICES.map((choice) => ({
          value: choice,
          label: t(`choice.${choice}`),
          hint: t(`about.${choice}`),
        }))}
      />
      <Part form={shown} choice="label_closed_by" title={t('choice.label_closed_by')}>
        <Line form={shown} name="label" label={t('label')} hint={t('labelHint')} />
        <Line form={shown} name="revertedLabel" label={t('revertedLabel')} hint={t('revertedLabelHint')} />
        <Line form={shown} name="labelClosedBy" label={t('closedBy')} hint={t('closedByHint')} />
      </Part>
      <Part form={shown} choice="commit_trailer" title={t('choice.commit_trailer')}>
        <Lines form={shown} name="trailers" label={t('trailers')} hint={t('placesHint', PLACES)} />
        <Line form={shown} name="trailersClosedBy" label={t('closedBy')} hint={t('closedByMaybeHint')} />
      </Part>
      <Part form={shown} choice="commit_beginning" title={t('choice.commit_beginning')}>
        <Lines form={shown} name="beginnings" label={t('beginnings')} hint={t('placesHint', PLACES)} />
        <Line form={shown} name="beginningsClosedBy" label={t('closedBy')} hint={t('closedByMaybeHint')} />
      </Part>
      <Part form={shown} choice="closed_by_commit" title={t('choice.closed_by_commit')}>
        <Line form={shown} name="commitLine" label={t('commitLine')} hint={t('commitLineHint', PLACES)} />
      </Part>
      <Part form={shown} choice="title_prefix" title={t('choice.title_prefix')}>
        <Line form={shown} name="titlePrefix" label={t('titlePrefix')} hint={t('titlePrefixHint')} />
        <Line form={shown} name="titleClosedBy" label={t('closedBy')} hint={t('closedByHint')} />
      </Part>
    </div>
  )
}

/** As they are written in a rule; in a message of ours braces would be places of its own. */
const PLACES = { url: '{pullRequestUrl}', number: '{number}' }

type PartProps = { form: LandingForm; choice: Choice; title: string; children: ReactNode }

function Part({ form, choice, title, children }: PartProps) {
  return (
    <Details summary={title} open={form.choices.includes(choice)}>
      <div className="space-y-4">{children}</div>
    </Details>
  )
}

type FieldProps = { form: LandingForm; name: Exclude<keyof LandingForm, 'choices'>; label: string; hint: string }

function Line({ form, name, label, hint }: FieldProps) {
  return <TextField name={`landing.${name}`} label={label} hint={hint} defaultValue={form[name]} maxLength={200} />
}

function Lines({ form, name, label, hint }: FieldProps) {
  return (
    <TextareaField
      name={`landing.${name}`}
      label={label}
      hint={hint}
      defaultValue={form[name]}
      maxLength={2500}
      rows={2}
    />
  )
}
