/**
 * The pull requests (numbers in the same repository) that a change says it reverts, by its title and body:
 * GitHub's "Reverts owner/name#12" and `Revert "…" (#12)`, Gitee's `Revert "!12 …"` and `回退 'Pull Request !12 : …'`.
 * @param repositoryFullName keeps "Reverts other/name#12" of another repository out.
 */
export function findReverts(_text: { title: string; body: string | null }, _repositoryFullName: string): number[] {
  throw new Error('not yet')
}

/** The commits that a commit message says it reverts ("This reverts commit SHA"), lower case. */
export function findRevertedCommits(_message: string): string[] {
  throw new Error('not yet')
}
