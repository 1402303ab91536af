import { useTranslations } from 'next-intl'
import { Credit } from '@/components/ui/credit'
import { type ExplanationLine, formatUnits } from '@/lib/domain/credit-calculation'
import { formatHundredths } from '@/lib/i18n/format'

type Calculation = {
  creditHundredths: number
  unitsPerHundredth: string
  items: readonly { contributionId: string; hundredths: number }[]
  lines: readonly ExplanationLine[]
}

type Props = {
  calculation: Calculation
  /** Titles of the contributions, by id. */
  titles: ReadonlyMap<string, string>
}

/** An exact ratio per thousand as people write it: 1500 → "1.5". */
function perThousand(value: number): string {
  return String(value / 1000)
}

/** A line's data as its words take it. */
export function explanationValues({ data }: Pick<ExplanationLine, 'data'>): Record<string, string | number> {
  const hundredths = (key: string): string => {
    const value = data[key]
    return typeof value === 'number' ? formatHundredths(value) : ''
  }
  const number = (key: string): number => {
    const value = data[key]
    return typeof value === 'number' ? value : 0
  }
  return {
    tier: String(data.tier ?? ''),
    rule: String(data.rule ?? ''),
    limit: number('limit'),
    usedBefore: number('usedBefore'),
    changedLines: number('changedLines'),
    minChangedLines: number('minChangedLines'),
    points: perThousand(number('milliPoints')),
    factor: perThousand(number('factorPerThousand')),
    cap: hundredths('capHundredths'),
    prior: number('priorHundredths') === 0 ? 'zero' : hundredths('priorHundredths'),
    minimum: hundredths('minimumHundredths'),
    hundredths: hundredths('hundredths'),
  }
}

/** Every step of the calculation in words, by contribution, and the sum. The steps sum exactly to the figure. */
export function CalculationTable({ calculation, titles }: Props) {
  const t = useTranslations('explanation')
  const { lines, unitsPerHundredth, creditHundredths } = calculation
  const groups = [...Map.groupBy(lines, ({ contributionId }) => contributionId)]
  return (
    <table className="table-whole w-full border-collapse text-[0.9375rem]">
      <caption className="sr-only">{t('caption')}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('step')}</th>
          <th scope="col">{t('change')}</th>
        </tr>
      </thead>
      {groups.map(([contributionId, own]) => (
        <tbody key={contributionId ?? 'claim'} className="border-line border-b [&>tr:first-child>td]:pt-3">
          {contributionId === null ? null : (
            <tr>
              <th scope="rowgroup" colSpan={2} className="px-5 pt-3 pb-0.5 text-start font-medium">
                <span className="[overflow-wrap:anywhere]">{titles.get(contributionId) ?? contributionId}</span>
              </th>
            </tr>
          )}
          {own.map((line) => (
            <tr key={line.clause} className="text-ink-soft text-sm [&:last-child>td]:pb-3">
              <td className="px-5 py-0.5">{t(line.code, explanationValues(line))}</td>
              <td className="whitespace-nowrap px-5 py-0.5 text-end align-top tabular-nums">
                {line.deltaUnits.startsWith('-') ? '' : '+'}
                {formatUnits(line.deltaUnits, unitsPerHundredth).replace('-', '−')}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
      <tfoot>
        <tr className="font-medium">
          <td className="px-5 pt-3 pb-4">
            {t('total')}
            <span className="block font-normal text-ink-faint text-sm">{t('exact')}</span>
          </td>
          <td className="px-5 pt-3 pb-4 text-end align-top">
            <Credit hundredths={creditHundredths} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
