import { describe, expect, it } from 'vitest'
import { EMPTY_LANDING_FORM, type LandingForm, landingFormOf, readLandingForm } from './landing-form'
import {
  BORS,
  COMMIT_TRAILER_OF_META,
  COPYBARA,
  GHSTACK,
  type LandingRules,
  MERGED,
  MIRROR,
  PYTORCH,
  SPARK,
} from './landing-rule'

const form = (over: Partial<LandingForm>): LandingForm => ({ ...EMPTY_LANDING_FORM, ...over })

describe('landingFormOf', () => {
  it.each<[string, LandingRules]>([
    ['merged', MERGED],
    ['a mirror', MIRROR],
    ['PyTorch', PYTORCH],
    ['merged or Copybara', [...MERGED, COPYBARA]],
    ['Copybara or the line of Meta', [COPYBARA, COMMIT_TRAILER_OF_META]],
    ['ghstack', GHSTACK],
    ['Spark', [SPARK]],
    ['a commit that closes it, whatever it says', [{ rule: 'closed_by_commit' }]],
    ['bors', [BORS]],
    [
      'an account with its number',
      [{ rule: 'title_prefix', prefix: '[bors] ', closedBy: [{ login: 'bors[bot]', platformUserId: '26634292' }] }],
    ],
  ])('shows %s so that it can be read back', (_name, rules) => {
    const shown = landingFormOf(rules)
    const read = shown && readLandingForm(shown)
    expect(read).toMatchObject({ ok: true })
    if (read?.ok) expect([...read.rules].map((rule) => rule.rule).sort()).toEqual(rules.map(({ rule }) => rule).sort())
  })

  it('shows nothing of what the form could not give back', () => {
    const other = { ...COPYBARA, trailer: 'Lands {number}', closedBy: [{ login: 'another[bot]' }] }
    expect(landingFormOf([COPYBARA, other] as LandingRules)).toBeNull()
  })
})

describe('readLandingForm', () => {
  it('takes accounts as people write them', () => {
    const read = readLandingForm(
      form({ choices: ['label_closed_by'], label: ' merged ', labelClosedBy: '@merge-bot, lander[bot]:42' }),
    )
    expect(read).toEqual({
      ok: true,
      rules: [
        {
          rule: 'label_closed_by',
          label: 'merged',
          revertedLabel: null,
          closedBy: [{ login: 'merge-bot' }, { login: 'lander[bot]', platformUserId: '42' }],
        },
      ],
    })
  })

  it.each<[string, Partial<LandingForm>, string, string]>([
    ['nothing ticked', {}, 'choices', 'landing_none_ticked'],
    ['a mirror where something lands', { choices: ['merged', 'none'] }, 'choices', 'landing_mirror_alone'],
    ['a label without words', { choices: ['label_closed_by'], labelClosedBy: 'bot' }, 'label', 'landing_text_missing'],
    ['a label by nobody', { choices: ['label_closed_by'], label: 'x' }, 'labelClosedBy', 'landing_account_missing'],
    [
      'a sentence as an account',
      { choices: ['title_prefix'], titlePrefix: '[Merged]', titleClosedBy: 'bot ！' },
      'titleClosedBy',
      'landing_account_unreadable',
    ],
    [
      'a line that names no pull request',
      { choices: ['commit_trailer'], trailers: 'Resolved' },
      'trailers',
      'landing_place_missing',
    ],
  ])('names the field of %s', (_name, over, field, code) => {
    expect(readLandingForm(form(over))).toEqual({ ok: false, problems: [{ field, code }] })
  })
})
