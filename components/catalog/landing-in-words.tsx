import { getTranslations } from 'next-intl/server'
import type { LandingRule, LandingRules, PlatformAccount } from '@/lib/domain/landing-rule'

type Words = Awaited<ReturnType<typeof getTranslations<'catalog'>>>

/** How changes land, each way with what it goes by. */
export async function LandingInWords({ rules }: { rules: LandingRules }) {
  const t = await getTranslations('catalog')
  return (
    <ul className="space-y-1">
      {rules.map((rule) => (
        <li key={JSON.stringify(rule)}>
          {t(`landing.${rule.rule}`)}
          {detailsOf(rule, t).map((detail) => (
            <span key={detail} className="block break-all font-mono text-ink-soft text-sm">
              {detail}
            </span>
          ))}
        </li>
      ))}
    </ul>
  )
}

function detailsOf(rule: LandingRule, t: Words): string[] {
  switch (rule.rule) {
    case 'merged':
    case 'none':
      return []
    case 'label_closed_by':
      return [[rule.label, rule.revertedLabel].filter((label) => label !== null).join(' / '), byWhom(rule.closedBy, t)]
    case 'commit_trailer':
      return [
        (rule.isWholeLine ?? true) ? rule.trailer : `${rule.trailer} …`,
        ...(rule.closedBy ? [byWhom(rule.closedBy, t)] : []),
      ]
    case 'closed_by_commit':
      return rule.line === undefined ? [] : [`${rule.line}…`]
    case 'title_prefix':
      return [`${rule.prefix}…`, byWhom(rule.closedBy, t)]
  }
}

function byWhom(accounts: readonly PlatformAccount[], t: Words): string {
  return t('closedBy', { accounts: accounts.map(({ login }) => `@${login}`).join(' ') })
}
