const NUMBER = String.raw`(\d{1,9})`
const TITLE_PATTERNS = [
  // Gitee's button: Revert "!12 title", 回退 'Pull Request !12 : title'
  new RegExp(String.raw`^(?:revert|回退|回滚)\s*[:：]?\s*["'“‘「]?\s*(?:pull request\s*)?[!！]${NUMBER}\b`, 'i'),
  // By hand: Revert #12, Revert PR #12, 回滚 #12
  new RegExp(String.raw`^(?:revert|回退|回滚)s?\s*[:：]?\s*(?:pr|pull request)?\s*#${NUMBER}\b`, 'i'),
  // GitHub after a squash: Revert "title (#12)"; the number of the revert itself may follow the closing quote
  new RegExp(String.raw`^revert\s+["“].*\(#${NUMBER}\)["”]`, 'i'),
]
const BODY_PATTERN = /\breverts?\s+(?:([\w.-]+\/[\w.-]+))?[#!](\d{1,9})\b/gi
const COMMIT_PATTERN = /\bthis reverts commit ([0-9a-f]{7,64})\b/gi

/**
 * The pull requests (numbers in the same repository) that a change says it reverts, by its title and body:
 * GitHub's "Reverts owner/name#12" and `Revert "… (#12)"`, Gitee's `Revert "!12 …"` and `回退 'Pull Request !12 : …'`.
 * A claim of the text, not yet a fact: the caller knows only landed changes for reverts.
 * @param repositoryFullName keeps "Reverts other/name#12" of another repository out.
 */
export function findReverts(text: { title: string; body: string | null }, repositoryFullName: string): number[] {
  // A revert of a revert brings the change back: it takes nothing away from the pull request that it quotes.
  if (/^revert\s+["“']?\s*revert\b/i.test(text.title)) return []
  const fromTitle = TITLE_PATTERNS.flatMap((pattern) => pattern.exec(text.title)?.[1] ?? [])
  const fromBody = [...(text.body ?? '').matchAll(BODY_PATTERN)]
    .filter(([, name]) => name === undefined || name.toLowerCase() === repositoryFullName.toLowerCase())
    .flatMap(([, , number]) => number ?? [])
  return [...new Set([...fromTitle, ...fromBody].map(Number))].sort((a, b) => a - b)
}

/**
 * The title that a revert quotes (`Revert "Fix the loader" (#9)` → `Fix the loader`), or null. For reverts that name no
 * number: an only earlier landed change of the repository with this title is meant.
 */
export function findRevertedTitle(title: string): string | null {
  const quoted = /^(?:revert|回退|回滚)\s*[:：]?\s*["“'‘](.+)["”'’](?:\s*[(（][#!]\d+[)）])?\s*$/i.exec(
    title.trim(),
  )?.[1]
  return quoted?.trim() || null
}

/** The commits that a commit message says it reverts ("This reverts commit SHA"), lower case. */
export function findRevertedCommits(message: string): string[] {
  return [...message.matchAll(COMMIT_PATTERN)].flatMap(([, sha]) => sha?.toLowerCase() ?? [])
}
