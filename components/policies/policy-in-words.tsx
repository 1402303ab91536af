import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { exampleOf, formatThousandths } from '@/components/policies/policy-figures'
import { Panel } from '@/components/ui/panel'
import { CATALOG_TIERS } from '@/lib/domain/catalog'
import type { CreditPolicy } from '@/lib/domain/credit-policy'
import { formatHundredths } from '@/lib/i18n/format'

/** Kinds that rules may name beside pull requests. */
const NAMED_KINDS = ['commit', 'review', 'model', 'dataset'] as const

/** The whole rule document as sentences: what a student has to know, and nothing that the document does not say. */
export async function PolicyInWords({ policy }: { policy: CreditPolicy }) {
  const t = await getTranslations('policies')
  const example = exampleOf(policy)
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Panel title={t('section.counts')}>
        <Sentences>
          {t('counts.catalog')}
          {t('counts.own')}
          {t('counts.window')}
          {t('counts.once')}
          {...(await exclusionSentences(policy))}
        </Sentences>
      </Panel>
      <div className="grid content-start gap-6">
        <Panel title={t('section.points')}>
          <Sentences>
            {t('points.base', { points: formatThousandths(policy.points.base.pull_request) })}
            {...NAMED_KINDS.flatMap((kind) => {
              const milliPoints = policy.points.base[kind]
              return milliPoints === undefined
                ? []
                : [t(`points.kind.${kind}`, { points: formatThousandths(milliPoints) })]
            })}
            {...policy.points.sizeSteps.map((step) =>
              t('points.step', { lines: step.minChangedLines, points: formatThousandths(step.milliPoints) }),
            )}
            {t('points.lines')}
            {...CATALOG_TIERS.filter((tier) => policy.points.tierFactorPerThousand[tier] !== 1000).map((tier) =>
              t('points.tier', {
                tier: t(`tier.${tier}`),
                factor: formatThousandths(policy.points.tierFactorPerThousand[tier] ?? 0),
              }),
            )}
          </Sentences>
        </Panel>
        <Panel title={t('section.credit')}>
          <Sentences>
            {t('credit.conversion', {
              points: formatThousandths(policy.conversion.milliPoints),
              credit: formatHundredths(policy.conversion.hundredths),
            })}
            {t(`credit.rounding.${policy.rounding}`)}
            {t('example.text', { ...example, tier: t('tier.standard') })}
          </Sentences>
        </Panel>
        <Panel title={t('section.limits')}>
          <Sentences>{...(await limitSentences(policy))}</Sentences>
        </Panel>
      </div>
      <Panel title={t('how.title')} className="lg:col-span-2">
        <p>{t('how.text')}</p>
      </Panel>
    </div>
  )
}

async function exclusionSentences({ exclusions }: CreditPolicy): Promise<string[]> {
  const t = await getTranslations('policies.exclusion')
  const { trivial } = exclusions
  return [
    t(`ownRepository.${exclusions.ownRepository}`),
    t(`selfMerged.${exclusions.selfMerged}`),
    t(`bots.${exclusions.bots}`),
    t(`reverted.${exclusions.reverted}`),
    trivial.maxChangedLines > 0 ? t(`trivial.${trivial.treatment}`, { lines: trivial.maxChangedLines }) : '',
    trivial.maxDocumentationLines > 0
      ? t(`trivialDocumentation.${trivial.treatment}`, { lines: trivial.maxDocumentationLines })
      : '',
  ].filter(Boolean)
}

async function limitSentences({ caps, minimumHundredths }: CreditPolicy): Promise<string[]> {
  const t = await getTranslations('policies')
  const credit = (hundredths: number | null) => ({ credit: formatHundredths(hundredths ?? 0) })
  const limits = [
    caps.perItemHundredths === null ? '' : t('cap.perItem', credit(caps.perItemHundredths)),
    caps.perRepositoryHundredths === null ? '' : t('cap.perRepository', credit(caps.perRepositoryHundredths)),
    caps.itemsPerRepository === null ? '' : t('cap.itemsPerRepository', { count: caps.itemsPerRepository }),
    caps.perTermHundredths === null ? '' : t('cap.perTerm', credit(caps.perTermHundredths)),
    caps.lifetimeHundredths === null ? '' : t('cap.lifetime', credit(caps.lifetimeHundredths)),
  ].filter(Boolean)
  return [
    ...(limits.length > 0 ? [...limits, t('cap.before')] : [t('cap.none')]),
    ...(minimumHundredths > 0 ? [t('credit.minimum', credit(minimumHundredths))] : []),
  ]
}

function Sentences({ children }: { children: ReactNode[] }) {
  return (
    <ul className="list-disc space-y-1.5 ps-5 marker:text-ink-faint">
      {children.map((sentence, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of a document never change their order.
        <li key={index}>{sentence}</li>
      ))}
    </ul>
  )
}
