/** The size of a change from its files, where the pull request itself tells none. */
export function changeSizeOf(files: readonly { additions: number; deletions: number }[]) {
  return {
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  }
}
