import { type LandingRule, type LandingRules, landingRulesSchema, MERGED, type PlatformAccount } from './landing-rule'

/** What can be ticked in the form. A trailer is two: as a whole line, and as the beginning of one. */
export const LANDING_CHOICES = [
  'merged',
  'label_closed_by',
  'commit_trailer',
  'commit_beginning',
  'closed_by_commit',
  'title_prefix',
  'none',
] as const
export type LandingChoice = (typeof LANDING_CHOICES)[number]

/** Landing rules as a form shows them: every choice has its own fields, accounts and lines are text. */
export type LandingForm = {
  choices: readonly LandingChoice[]
  label: string
  revertedLabel: string
  labelClosedBy: string
  /** One a line. */
  trailers: string
  trailersClosedBy: string
  beginnings: string
  beginningsClosedBy: string
  commitLine: string
  titlePrefix: string
  titleClosedBy: string
}

export const EMPTY_LANDING_FORM: LandingForm = {
  choices: [],
  label: '',
  revertedLabel: '',
  labelClosedBy: '',
  trailers: '',
  trailersClosedBy: '',
  beginnings: '',
  beginningsClosedBy: '',
  commitLine: '',
  titlePrefix: '',
  titleClosedBy: '',
}

export const LANDING_FORM_ERRORS = [
  'landing_none_ticked',
  'landing_mirror_alone',
  'landing_text_missing',
  'landing_account_missing',
  'landing_account_unreadable',
  'landing_place_missing',
] as const
export type LandingFormError = (typeof LANDING_FORM_ERRORS)[number]
export type LandingFormProblem = { field: keyof LandingForm; code: LandingFormError }
export type LandingFormResult =
  | { ok: true; rules: LandingRules }
  | { ok: false; problems: readonly LandingFormProblem[] }

/** `login` or `login:numeric id`, with the brackets of bots' logins. */
const ACCOUNT = /^([\w.-]{1,90}(?:\[bot\])?)(?::(\d{1,20}))?$/
const PLACE = /\{(pullRequestUrl|number)\}/

/**
 * The rules as a form, or null for a list that the form could not give back: two rules of one kind with different
 * accounts are such. Reading the form again gives rules that decide alike.
 */
export function landingFormOf(rules: LandingRules): LandingForm | null {
  const form = rules.reduce<LandingForm | null>((filled, rule) => filled && withRule(filled, rule), EMPTY_LANDING_FORM)
  if (form === null) return null
  const again = readLandingForm(form)
  return again.ok && sameRules(again.rules, rules) ? form : null
}

/** The form as rules, in the order of {@link LANDING_CHOICES}; or all that is wrong with it, by field. */
export function readLandingForm(form: LandingForm): LandingFormResult {
  const chosen = LANDING_CHOICES.filter((choice) => form.choices.includes(choice))
  if (chosen.length === 0) return { ok: false, problems: [{ field: 'choices', code: 'landing_none_ticked' }] }
  if (chosen.includes('none') && chosen.length > 1) {
    return { ok: false, problems: [{ field: 'choices', code: 'landing_mirror_alone' }] }
  }
  const problems = chosen.flatMap((choice) => problemsOf(choice, form))
  if (problems.length > 0) return { ok: false, problems }
  const rules = landingRulesSchema.safeParse(chosen.flatMap((choice) => rulesOf(choice, form)))
  // Too many lines, or one too long: what is left of the fields' own limits.
  return rules.success
    ? { ok: true, rules: rules.data }
    : { ok: false, problems: [{ field: 'choices', code: 'landing_text_missing' }] }
}

function problemsOf(choice: LandingChoice, form: LandingForm): LandingFormProblem[] {
  switch (choice) {
    case 'label_closed_by':
      return [...problemOfText('label', form), ...problemOfAccounts('labelClosedBy', form, true)]
    case 'commit_trailer':
      return [...problemOfLines('trailers', form), ...problemOfAccounts('trailersClosedBy', form, false)]
    case 'commit_beginning':
      return [...problemOfLines('beginnings', form), ...problemOfAccounts('beginningsClosedBy', form, false)]
    case 'closed_by_commit':
      return form.commitLine.trim() === '' ? [] : problemOfLines('commitLine', form)
    case 'title_prefix':
      return [...problemOfText('titlePrefix', form), ...problemOfAccounts('titleClosedBy', form, true)]
    case 'merged':
    case 'none':
      return []
  }
}

function rulesOf(choice: LandingChoice, form: LandingForm): LandingRule[] {
  switch (choice) {
    case 'merged':
      return MERGED
    case 'none':
      return [{ rule: 'none' }]
    case 'label_closed_by': {
      const { label, revertedLabel } = form
      const closedBy = accountsIn(form.labelClosedBy) ?? []
      return [{ rule: choice, label: label.trim(), revertedLabel: revertedLabel.trim() || null, closedBy }]
    }
    case 'commit_trailer':
      return linesIn(form.trailers).map((trailer) => ({
        rule: 'commit_trailer',
        trailer,
        ...closedBy(form.trailersClosedBy),
      }))
    case 'commit_beginning':
      return linesIn(form.beginnings).map((trailer) => ({
        rule: 'commit_trailer',
        trailer,
        isWholeLine: false,
        ...closedBy(form.beginningsClosedBy),
      }))
    case 'closed_by_commit':
      // A blank at the end is part of what is looked for: "Closes #12 from".
      return [{ rule: choice, ...(form.commitLine.trim() === '' ? {} : { line: form.commitLine.trimStart() }) }]
    case 'title_prefix':
      return [{ rule: choice, prefix: form.titlePrefix.trimStart(), closedBy: accountsIn(form.titleClosedBy) ?? [] }]
  }
}

function withRule(form: LandingForm, rule: LandingRule): LandingForm {
  const tick = (choice: LandingChoice, fields: Partial<LandingForm> = {}): LandingForm => ({
    ...form,
    ...fields,
    choices: form.choices.includes(choice) ? form.choices : [...form.choices, choice],
  })
  switch (rule.rule) {
    case 'merged':
    case 'none':
      return tick(rule.rule)
    case 'label_closed_by':
      return tick(rule.rule, {
        label: rule.label,
        revertedLabel: rule.revertedLabel ?? '',
        labelClosedBy: textOf(rule.closedBy),
      })
    case 'commit_trailer': {
      const accounts = textOf(rule.closedBy ?? [])
      const isWhole = rule.isWholeLine ?? true
      const before = isWhole ? form.trailers : form.beginnings
      const lines = before === '' ? rule.trailer : `${before}\n${rule.trailer}`
      return isWhole
        ? tick('commit_trailer', { trailers: lines, trailersClosedBy: accounts })
        : tick('commit_beginning', { beginnings: lines, beginningsClosedBy: accounts })
    }
    case 'closed_by_commit':
      return tick(rule.rule, { commitLine: rule.line ?? '' })
    case 'title_prefix':
      return tick(rule.rule, { titlePrefix: rule.prefix, titleClosedBy: textOf(rule.closedBy) })
  }
}

function problemOfText(field: 'label' | 'titlePrefix', form: LandingForm): LandingFormProblem[] {
  return form[field].trim() === '' ? [{ field, code: 'landing_text_missing' }] : []
}

function problemOfLines(field: 'trailers' | 'beginnings' | 'commitLine', form: LandingForm): LandingFormProblem[] {
  const lines = linesIn(form[field])
  if (lines.length === 0) return [{ field, code: 'landing_text_missing' }]
  return lines.every((line) => PLACE.test(line)) ? [] : [{ field, code: 'landing_place_missing' }]
}

type AccountField = 'labelClosedBy' | 'trailersClosedBy' | 'beginningsClosedBy' | 'titleClosedBy'

function problemOfAccounts(field: AccountField, form: LandingForm, isNeeded: boolean): LandingFormProblem[] {
  const accounts = accountsIn(form[field])
  if (accounts === null) return [{ field, code: 'landing_account_unreadable' }]
  return isNeeded && accounts.length === 0 ? [{ field, code: 'landing_account_missing' }] : []
}

function closedBy(text: string): { closedBy?: PlatformAccount[] } {
  const accounts = accountsIn(text) ?? []
  return accounts.length === 0 ? {} : { closedBy: accounts }
}

/** Null where a word is no account. */
function accountsIn(text: string): PlatformAccount[] | null {
  const read = text
    .split(/[\s,，;；、]+/)
    .filter((word) => word !== '')
    .map((word) => ACCOUNT.exec(word.replace(/^@/, '')))
  if (!read.every((match) => match !== null)) return null
  return read.map(([, login = '', platformUserId]) => ({ login, ...(platformUserId ? { platformUserId } : {}) }))
}

function textOf(accounts: readonly PlatformAccount[]): string {
  return accounts
    .map(({ login, platformUserId }) => (platformUserId === undefined ? login : `${login}:${platformUserId}`))
    .join(' ')
}

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Whether both say the same, whatever their order and whether a whole line is said or meant. */
function sameRules(a: LandingRules, b: LandingRules): boolean {
  const key = (rules: LandingRules) =>
    rules
      .map((rule) =>
        JSON.stringify(
          Object.entries(rule.rule === 'commit_trailer' ? { ...rule, isWholeLine: rule.isWholeLine ?? true } : rule)
            .filter(([, value]) => value !== undefined)
            .sort(([x], [y]) => (x < y ? -1 : 1)),
        ),
      )
      .sort()
      .join('\n')
  return key(a) === key(b)
}
