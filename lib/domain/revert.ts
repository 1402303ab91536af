const WORD = '(?:revert|回退|回滚)'
/** What quotes a title, and what closes it; they nest. */
const QUOTED = new RegExp(String.raw`^${WORD}\s*[:：]?\s*["'“‘「](.+)["'”’」]\s*$`, 'i')
/** By hand: Revert #12, Revert PR #12, 回滚 #12, 回退 !12 */
const BY_HAND = new RegExp(String.raw`^${WORD}s?\s*[:：]?\s*(?:pr|pull request)?\s*[#!！](\d{1,9})\b`, 'i')
/** Before a title: Gitee's merge commits say `!12 title`, its revert button quotes `!12 title` or `Pull Request !12 : title`. */
const NUMBER_BEFORE = /^(?:pull request\s*)?[!！](\d{1,9})(?=[\s:：]|$)\s*[:：]?\s*/i
/** After a title: GitHub's squash adds the number. */
const NUMBER_AFTER = /\s*[(（][#!](\d{1,9})[)）]\s*$/
const BODY_PATTERN = /\breverts?\s+(?:([\w.-]+\/[\w.-]+))?[#!](\d{1,9})\b/gi
const COMMIT_PATTERN = /\bthis reverts commit ([0-9a-f]{7,64})\b/gi
/** git's own title for the revert of a revert, and what people write. */
const AGAIN = /^(?:re-?apply|re-?land(?:s|ed)?|重新合入)\s*[:：]?\s*/i

/**
 * The pull requests (numbers in the same repository) that a change says it reverts, by its title and body:
 * GitHub's "Reverts owner/name#12" and `Revert "… (#12)"`, Gitee's `Revert "!12 …"` and `回退 'Pull Request !12 : …'`.
 * The revert of a revert reverts that one and not what it quotes: `Revert "Revert "… (#12)" (#15)"` is about 15.
 * A claim of the text, not yet a fact: the caller knows only landed changes for reverts.
 * @param repositoryFullName keeps "Reverts other/name#12" of another repository out.
 */
export function findReverts(text: { title: string; body: string | null }, repositoryFullName: string): number[] {
  const fromBody = [...(text.body ?? '').matchAll(BODY_PATTERN)]
    .filter(([, name]) => name === undefined || name.toLowerCase() === repositoryFullName.toLowerCase())
    .flatMap(([, , number]) => number ?? [])
  return [...new Set([...numbersInTitle(text.title), ...fromBody].map(Number))].sort((a, b) => a - b)
}

function numbersInTitle(title: string): string[] {
  const own = withoutNumber(title).text
  const quoted = QUOTED.exec(own)?.[1]
  if (quoted !== undefined) return withoutNumber(quoted.trim()).number ?? []
  return BY_HAND.exec(own)?.[1]?.split(' ') ?? []
}

/** A title without the number that its platform wrote before or after it, and that number. */
function withoutNumber(title: string): { text: string; number: string[] | null } {
  const before = NUMBER_BEFORE.exec(title.trim())
  if (before?.[1]) return { text: title.trim().slice(before[0].length), number: [before[1]] }
  const after = NUMBER_AFTER.exec(title)
  return after?.[1]
    ? { text: title.slice(0, after.index).trim(), number: [after[1]] }
    : { text: title.trim(), number: null }
}

/**
 * The title that a revert quotes (`Revert "Fix the loader" (#9)` → `Fix the loader`), or null. For reverts that name no
 * number: an only earlier landed change of the repository with this title is meant.
 */
export function findRevertedTitle(title: string): string | null {
  return QUOTED.exec(withoutNumber(title).text)?.[1]?.trim() || null
}

/** The commits that a commit message says it reverts ("This reverts commit SHA"), lower case. */
export function findRevertedCommits(message: string): string[] {
  return [...message.matchAll(COMMIT_PATTERN)].flatMap(([, sha]) => sha?.toLowerCase() ?? [])
}

/** The number that a platform wrote into a commit's first line: `!15 title` at Gitee, `title (#15)` at GitHub; or null. */
export function findOwnNumber(message: string): number | null {
  const [title = ''] = message.split('\n')
  const merge = /^Merge pull request [#!](\d{1,9}) from /.exec(title)?.[1]
  const number = merge ?? withoutNumber(title).number?.[0]
  return number === undefined ? null : Number(number)
}

/**
 * Pull requests that a change says it lands again: `Reland "… (#12)"`, git's `Reapply "… (#12)"`, "Relands #12", and a
 * revert of a revert by what it quotes. Such a change is a copy of what it brings back.
 */
export function findLandedAgain(title: string): number[] {
  let text = withoutNumber(title).text
  let reverts = 0
  for (let quoted = QUOTED.exec(text)?.[1]; quoted !== undefined; quoted = QUOTED.exec(text)?.[1]) {
    reverts += 1
    const inner = withoutNumber(quoted.trim())
    // Of a revert the number is its own; the innermost title is that of what went in and out.
    if (!QUOTED.test(inner.text)) return reverts % 2 === 0 && inner.number ? inner.number.map(Number) : []
    text = inner.text
  }
  if (!AGAIN.test(text)) return []
  const again = text.replace(AGAIN, '').replace(/^["'“‘「](.+)["'”’」]$/, '$1')
  // Unquoted and at the end, the number may as well be its own.
  const number = withoutNumber(again).number?.[0] ?? /^(?:pr|pull request)?\s*[#!](\d{1,9})\b/i.exec(again)?.[1]
  return number === undefined ? [] : [Number(number)]
}
