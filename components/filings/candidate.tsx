import { getLocale, getTranslations } from 'next-intl/server'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { RadioGroup } from '@/components/ui/choice-fields'
import { Credit } from '@/components/ui/credit'
import type { FormAction } from '@/components/ui/form-state'
import { Notice } from '@/components/ui/notice'
import { Panel } from '@/components/ui/panel'
import { Stat, StatRow } from '@/components/ui/stat'
import { SubmitButton } from '@/components/ui/submit-button'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { FilingCandidate } from '@/lib/reports/view'

type Props = { candidate: FilingCandidate; action: FormAction }

/** What of a term can be filed now, and the form that files it. */
export async function Candidate({ candidate, action }: Props) {
  const [t, locale] = await Promise.all([getTranslations('filings'), getLocale()])
  const { term, ordinal, entries, students, hundredths, corrections, waiting, sentBack } = candidate
  const seen = { expectedEntries: entries, expectedHundredths: hundredths }
  return (
    <Panel
      title={locale === 'en' ? term.nameEn : term.nameZh}
      lead={ordinal === 1 ? t('firstOf', { code: term.code }) : t('supplementOf', { code: term.code, ordinal })}
      aside={term.closed ? <Badge icon="ban">{t('termClosed')}</Badge> : undefined}
    >
      <StatRow>
        <Stat
          label={t('entries')}
          value={formatCount(entries, locale)}
          note={corrections > 0 ? t('ofThemCorrections', { count: corrections }) : undefined}
          href={`/admin/reports?termId=${term.termId}&state=not_filed`}
          hrefLabel={t('look')}
        />
        <Stat label={t('students')} value={formatCount(students, locale)} />
        <Stat label={t('credit')} value={<Credit hundredths={hundredths} />} />
      </StatRow>
      {waiting + sentBack > 0 ? (
        <Notice kind="attention" title={t('undecided', { waiting, sentBack })} className="mt-5">
          {t('undecidedText')} <TextLink href="/admin/approvals">{t('toApprovals')}</TextLink>
        </Notice>
      ) : null}
      <ActionForm action={action} className="mt-5 space-y-4">
        <input type="hidden" name="termId" value={term.termId} />
        {Object.entries(seen).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {term.closed ? (
          <input type="hidden" name="term" value="close" />
        ) : (
          <RadioGroup
            name="term"
            label={t('term.label')}
            required
            choices={(['close', 'keep_open'] as const).map((value) => ({
              value,
              label: t(`term.${value}`),
              hint: t(`term.${value}Hint`),
            }))}
          />
        )}
        <p className="text-ink-soft text-sm">{t('forGood')}</p>
        <SubmitButton pendingLabel={t('filing')}>{t('file', { entries })}</SubmitButton>
      </ActionForm>
    </Panel>
  )
}
