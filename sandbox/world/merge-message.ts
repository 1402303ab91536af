import type { PullRequest, Repository } from './types'

/** The shortest message by which each platform's merge commit names its pull request. */
export function mergeMessage(
  { platform, owner, name }: Pick<Repository, 'platform' | 'owner' | 'name'>,
  { number, title }: Pick<PullRequest, 'number' | 'title'>,
): string {
  if (platform === 'gitee') return `!${number} ${title}`
  if (platform === 'gitcode') return `!${number} ${title}\n\nSee merge request: ${owner}/${name}!${number}`
  return `${title} (#${number})`
}
