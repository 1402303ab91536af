import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { CalculationTable } from '@/components/claims/calculation-table'
import { Credit } from '@/components/ui/credit'
import { cx } from '@/components/ui/cx'
import { DateTime } from '@/components/ui/date-time'
import { standingOf } from '@/lib/domain/claim-credit'
import { contributionReference } from '@/lib/domain/platform'
import type { ApplicationForm, ApplicationItem } from '@/lib/reports/view'

const CELL = 'border border-ink px-2 py-1 align-top'
/** Two pairs stand side by side; on a phone one under the other. The borders of neighbours lie on each other. */
const PAIRS =
  'w-full border-collapse [overflow-wrap:anywhere] max-sm:block max-sm:[&>tbody>tr]:grid max-sm:[&>tbody]:block ' +
  'max-sm:[&>tbody>tr]:grid-cols-[7rem_minmax(0,1fr)] max-sm:[&_:is(td,th)]:-me-px max-sm:[&_:is(td,th)]:-mb-px'
/** A phone has no room for these columns: what they say stands in the work's cell there. */
const ON_PAPER = 'max-sm:hidden print:table-cell'

function Name({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className={`${CELL} w-28 bg-wash text-start font-medium [overflow-wrap:normal]`}>
      {children}
    </th>
  )
}

async function Particulars({ form }: { form: ApplicationForm }) {
  const [t, locale] = await Promise.all([getTranslations('applicationForm'), getLocale()])
  const { student, term, entry, calculation, timeZone } = form
  const hundredths = entry?.netHundredths ?? calculation?.creditHundredths ?? null
  return (
    <table className={PAIRS}>
      <caption className="sr-only">{t('particulars')}</caption>
      <tbody>
        <tr>
          <Name>{t('name')}</Name>
          <td className={CELL}>{student.name}</td>
          <Name>{t('number')}</Name>
          <td className={`${CELL} tabular-nums`}>{student.number}</td>
        </tr>
        <tr>
          <Name>{t('college')}</Name>
          <td className={CELL}>{student.college}</td>
          <Name>{t('programme')}</Name>
          <td className={CELL}>{[student.programme, student.className].filter(Boolean).join(' · ')}</td>
        </tr>
        <tr>
          <Name>{t('term')}</Name>
          <td className={CELL}>{locale === 'en' ? term.nameEn : term.nameZh}</td>
          <Name>{t('submitted')}</Name>
          <td className={CELL}>
            <DateTime value={form.submittedAt} timeZone={timeZone} style="date" />
          </td>
        </tr>
        <tr>
          <Name>{t(entry ? 'credited' : 'proposed')}</Name>
          <td className={`${CELL} font-semibold`}>
            {hundredths === null ? t('noCredit') : <Credit hundredths={hundredths} />}
          </td>
          <Name>{t('state')}</Name>
          <td className={CELL}>{t(`states.${standingOf(form.state, entry)}`)}</td>
        </tr>
      </tbody>
    </table>
  )
}

async function Item({ item, ordinal, timeZone }: { item: ApplicationItem; ordinal: number; timeZone: string }) {
  const t = await getTranslations('applicationForm')
  return (
    <tr className="break-inside-avoid">
      <td className={`${CELL} text-center`}>{ordinal}</td>
      <td className={CELL}>
        <span className="font-medium [overflow-wrap:anywhere]">{contributionReference(item)}</span>
        <span className="block text-xs sm:hidden print:hidden">
          {item.tier === null ? '' : t(`tier.${item.tier}`)}{' '}
          {item.landedAt === null ? null : <DateTime value={item.landedAt} timeZone={timeZone} style="date" />}
        </span>
        <span className="block [overflow-wrap:anywhere]">{item.title}</span>
        <span className="block text-xs [overflow-wrap:anywhere]">{item.url}</span>
        <span className="block text-xs">
          {t(`aiUse.${item.aiUse}`)}
          {item.aiUseNote === '' ? null : ` — ${item.aiUseNote}`}
        </span>
        {item.evidenceSha256 === null ? null : (
          <span className="block font-mono text-[0.6875rem] [overflow-wrap:anywhere]">
            {t('evidence')} {item.evidenceSha256}
          </span>
        )}
      </td>
      <td className={`${CELL} ${ON_PAPER}`}>{item.tier === null ? '' : t(`tier.${item.tier}`)}</td>
      <td className={`${CELL} ${ON_PAPER} whitespace-nowrap`}>
        {item.landedAt === null ? '' : <DateTime value={item.landedAt} timeZone={timeZone} style="date" />}
        {item.additions === null ? null : (
          <span className="block text-xs tabular-nums">
            +{item.additions} −{item.deletions}
          </span>
        )}
      </td>
      <td className={`${CELL} text-end`}>
        {item.outcome === 'refused' ? t('refused') : null}
        {item.outcome !== 'refused' && item.hundredths !== null ? <Credit hundredths={item.hundredths} bare /> : null}
      </td>
    </tr>
  )
}

/** A line under the works: its words across all columns but the last. */
function Sum({ children, hundredths, signed }: { children: ReactNode; hundredths: number; signed?: boolean }) {
  return (
    <tr className="break-inside-avoid">
      <th scope="row" colSpan={2} className={`${CELL} text-start font-normal sm:hidden print:hidden`}>
        {children}
      </th>
      <th scope="row" colSpan={4} className={`${CELL} ${ON_PAPER} text-start font-normal`}>
        {children}
      </th>
      <td className={`${CELL} text-end`}>
        <Credit hundredths={hundredths} bare signed={signed ?? false} />
      </td>
    </tr>
  )
}

/** What the works come to; where the ledger answered the award since, each answer with its reason and what is left. */
async function Sums({ form: { entry, calculation, timeZone } }: { form: ApplicationForm }) {
  const t = await getTranslations('applicationForm')
  const sum = entry?.awardHundredths ?? calculation?.creditHundredths
  if (sum === undefined) return null
  const answers = entry?.answers ?? []
  return (
    <tfoot>
      <Sum hundredths={sum}>{t('sum')}</Sum>
      {answers.map(({ sequence, kind, creditHundredths, reason, issuedAt }) => (
        <Sum key={sequence} hundredths={creditHundredths} signed>
          {t(`answer.${kind}`, { sequence })} <DateTime value={issuedAt} timeZone={timeZone} style="date" />
          <q className="block [overflow-wrap:anywhere]">{reason}</q>
        </Sum>
      ))}
      {entry && answers.length > 0 ? (
        <Sum hundredths={entry.netHundredths}>
          <strong className="font-semibold">{t('left')}</strong>
        </Sum>
      ) : null}
    </tfoot>
  )
}

const NARROW: ReadonlySet<string> = new Set(['tierHead', 'landed'])

async function Items({ form }: { form: ApplicationForm }) {
  const t = await getTranslations('applicationForm')
  return (
    <table className="table-whole w-full border-collapse">
      <caption className="mb-1 text-start font-semibold">{t('works')}</caption>
      <thead>
        <tr>
          {(['ordinal', 'work', 'tierHead', 'landed', 'credit'] as const).map((key) => (
            <th
              key={key}
              scope="col"
              className={cx(CELL, 'whitespace-nowrap bg-wash font-medium', NARROW.has(key) && ON_PAPER)}
            >
              {t(`column.${key}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {form.items.map((item, index) => (
          <Item key={item.contributionId} item={item} ordinal={index + 1} timeZone={form.timeZone} />
        ))}
      </tbody>
      <Sums form={form} />
      <tfoot hidden />
    </table>
  )
}

/** A box for an opinion: what was decided here, then a line for the hand and a place for the stamp. */
async function Opinion({ form, stage }: { form: ApplicationForm; stage: 'student' | 'endorsement' | 'approval' }) {
  const t = await getTranslations('applicationForm')
  const decision = form.decisions.findLast((one) => one.stage === stage)
  return (
    <section className="flex min-h-32 break-inside-avoid flex-col justify-between border border-ink p-2">
      <div>
        <h2 className="font-semibold">{t(`opinion.${stage}`)}</h2>
        {stage === 'student' ? <p className="mt-1 text-sm">{t('promise')}</p> : null}
        {decision ? (
          <p className="mt-1 text-sm">
            {t(`action.${decision.action}`, { name: decision.deciderName })}{' '}
            <DateTime value={decision.decidedAt} timeZone={form.timeZone} style="date" />
            {decision.comment === '' ? null : <q className="block">{decision.comment}</q>}
          </p>
        ) : null}
      </div>
      <p className="mt-6 flex flex-wrap justify-between gap-x-6 text-sm">
        <span>{t('sign')}＿＿＿＿＿＿＿＿</span>
        {stage === 'student' ? null : <span>{t('stamp')}</span>}
        <span>{t('day')}</span>
      </p>
    </section>
  )
}

/** The application form on paper: A4, black on white, with places for hands and stamps. */
export async function ApplicationSheet({ form }: { form: ApplicationForm }) {
  const [t, locale] = await Promise.all([getTranslations('applicationForm'), getLocale()])
  const { university, calculation, entry } = form
  return (
    <article className="printed-form mx-auto max-w-[210mm] space-y-4 bg-sheet p-4 text-[0.875rem] text-ink leading-snug sm:p-8 print:max-w-none print:p-0">
      <header className="text-center">
        <p>{locale === 'en' ? university.nameEn : university.nameZh}</p>
        <h1 className="font-semibold font-serif text-xl">{t('title')}</h1>
      </header>
      <Particulars form={form} />
      <Items form={form} />
      {form.statement === '' ? null : (
        <section className="break-inside-avoid border border-ink p-2">
          <h2 className="font-semibold">{t('statement')}</h2>
          <p className="whitespace-pre-line [overflow-wrap:anywhere]">{form.statement}</p>
        </section>
      )}
      {calculation === null ? null : (
        <section className="border border-ink pt-2">
          <h2 className="px-2 font-semibold">{t('calculation', { version: form.policyVersion ?? 0 })}</h2>
          <CalculationTable
            calculation={calculation}
            titles={new Map(form.items.map(({ contributionId, title }) => [contributionId, title]))}
          />
        </section>
      )}
      <div className="grid gap-3 sm:grid-cols-3 print:grid-cols-3">
        <Opinion form={form} stage="student" />
        <Opinion form={form} stage="endorsement" />
        <Opinion form={form} stage="approval" />
      </div>
      <footer className="space-y-0.5 text-[0.6875rem] [overflow-wrap:anywhere]">
        {entry ? (
          <p>
            {t('entry', { sequence: entry.sequence })} <span className="font-mono">{entry.hash}</span>
          </p>
        ) : null}
        <p>
          {t('reference')} <span className="font-mono">{form.claimId}</span>
        </p>
      </footer>
    </article>
  )
}
