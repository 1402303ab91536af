import { type LandingRule, type LandingRules, META_TRAILER } from './landing-rule'

/**
 * The pull request of the same repository that a commit on its branch landed, as its message says by the line that the
 * repository's landing rules look for. Where a bot closes pull requests unmerged, no platform lists them at the commit:
 * the message alone tells (FIELD.md §3). Null where it names none, or more than one.
 * @param fullName `owner/name`; a line that names another repository's pull request does not count
 */
export function findNamedPullRequest(message: string, fullName: string, rules: LandingRules): number | null {
  const patterns = rules.flatMap((rule) => templateOf(rule) ?? []).map((template) => patternOf(template, fullName))
  const lines = message.split('\n').map((line) => line.trim())
  const numbers = lines.flatMap((line) => patterns.flatMap((pattern) => pattern.exec(line)?.[1] ?? []))
  const [number, ...others] = [...new Set(numbers.map(Number))]
  return number === undefined || others.length > 0 ? null : number
}

/** A bot that labels what it landed writes Meta's line into the commit. */
function templateOf(rule: LandingRule): string | undefined {
  switch (rule.rule) {
    case 'commit_trailer':
      return rule.trailer
    case 'closed_by_commit':
      return rule.line
    case 'label_closed_by':
      return META_TRAILER
    default:
      return undefined
  }
}

function patternOf(template: string, fullName: string): RegExp {
  const words = template.split(/\{(?:pullRequestUrl|number)\}/)[0] ?? ''
  const isUrl = template.includes('{pullRequestUrl}')
  const page = `https?://\\S+?/${literal(fullName)}/pull/`
  return new RegExp(`^${literal(words)}${isUrl ? page : ''}(\\d{1,9})(?!\\d)`, 'i')
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
