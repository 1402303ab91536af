import type { CreditPolicy } from './credit-policy'

/**
 * What a university starts with, published as version 1: modelled on the size steps of the PKU course (> 20, > 100,
 * > 500 lines; FIELD.md §2) and on the low caps of innovation credits. Twenty points are one credit.
 */
export const DEFAULT_POLICY: CreditPolicy = {
  schemaVersion: 1,
  title: { zh: '开源人工智能贡献学分认定规则', en: 'Credit for open-source AI contributions' },
  window: { by: 'landed_at', within: 'term' },
  exclusions: {
    ownRepository: 'refuse',
    selfMerged: 'warn',
    bots: 'refuse',
    reverted: 'refuse',
    trivial: { treatment: 'refuse', maxChangedLines: 2, maxDocumentationLines: 10 },
  },
  points: {
    base: { pull_request: 2000 },
    sizeSteps: [
      { minChangedLines: 21, milliPoints: 1000 },
      { minChangedLines: 101, milliPoints: 3000 },
      { minChangedLines: 501, milliPoints: 5000 },
    ],
    tierFactorPerThousand: { flagship: 1500, standard: 1000, emerging: 800 },
  },
  conversion: { milliPoints: 20_000, hundredths: 100 },
  rounding: 'half_up',
  caps: {
    perItemHundredths: 50,
    perRepositoryHundredths: 100,
    itemsPerRepository: null,
    perTermHundredths: 200,
    lifetimeHundredths: 400,
  },
  minimumHundredths: 10,
}
