import { getTranslations } from 'next-intl/server'
import { Credit } from '@/components/ui/credit'
import { Icon, type IconName } from '@/components/ui/icon'
import { Seal } from '@/components/ui/seal'
import { type CreditItem, calculateCredit, NO_PRIOR_CREDITS } from '@/lib/domain/credit-calculation'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'

type Line = {
  key: 'kernel' | 'docs' | 'bench'
  icon: IconName
  address: string
  tier: CreditItem['tier']
  changedLines: number
}

const LINES: readonly Line[] = [
  { key: 'kernel', icon: 'merge', address: 'lanzhou-ml/attention#1284', tier: 'flagship', changedLines: 312 },
  { key: 'docs', icon: 'document', address: 'openset/loader#96', tier: 'standard', changedLines: 84 },
  { key: 'bench', icon: 'checklist', address: 'feiyu/serve#3307', tier: 'standard', changedLines: 147 },
]

/** Credited by the rules that a university starts with: who reads the slip can add it up. */
const CREDIT = calculateCredit(
  DEFAULT_POLICY,
  LINES.map(({ key, tier, changedLines }, index) => ({
    contributionId: key,
    workId: key,
    repositoryId: key,
    kind: 'pull_request',
    tier,
    changedLines,
    landedAt: new Date(Date.UTC(2025, 9, index + 1)),
  })),
  NO_PRIOR_CREDITS,
)
const hundredthsOf = (key: string) => CREDIT.items.find(({ contributionId }) => contributionId === key)?.hundredths ?? 0

/** What the whole product is about, as one sheet: contributions, what each is worth, the sum, the seal. Made up, and says so. */
export async function CreditSlip() {
  const t = await getTranslations('landing.slip')
  return (
    <figure
      aria-label={t('caption')}
      className="min-w-0 rounded-lg border border-line bg-sheet shadow-[0_1px_0_var(--c-line),0_18px_40px_-22px_rgb(0_0_0/0.35)]"
    >
      <div className="flex items-start justify-between gap-4 border-line border-b px-5 pt-4 pb-3">
        <div>
          <p className="font-semibold font-serif text-lg leading-snug">{t('term')}</p>
          <p className="text-ink-soft text-sm">
            {t('student')}
            <span className="ms-2 font-mono text-ink-faint">{t('number')}</span>
          </p>
        </div>
        <p className="rounded-sm border border-line px-1.5 text-ink-faint text-xs">{t('sample')}</p>
      </div>
      <ul className="px-5">
        {LINES.map((line) => (
          <li key={line.key} className="flex gap-3 border-line border-b border-dashed py-3">
            <Icon name={line.icon} className="mt-1.5 size-4 text-jade" />
            <div className="min-w-0 flex-1">
              <p className="leading-snug">{t(`items.${line.key}`)}</p>
              <p className="text-ink-faint text-sm">
                <span className="font-mono text-[0.8125rem]">{line.address}</span>
                <span className="block">{t(`rules.${line.key}`, { lines: line.changedLines })}</span>
              </p>
            </div>
            <Credit hundredths={hundredthsOf(line.key)} bare className="font-serif text-lg" />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-4 px-5 py-4">
        <div>
          <p className="text-ink-faint text-xs">{t('evidence')}</p>
          <p className="font-mono text-ink-soft text-xs">sha256 9f2c…e07a</p>
        </div>
        <div className="ms-auto flex items-center gap-5">
          <Seal label={t('seal')} size="lg" className="-rotate-6" />
          <p className="text-end">
            <span className="block text-ink-faint text-sm">{t('total')}</span>
            <Credit hundredths={CREDIT.creditHundredths} className="font-semibold font-serif text-2xl" />
          </p>
        </div>
      </div>
    </figure>
  )
}
