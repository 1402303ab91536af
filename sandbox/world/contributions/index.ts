import { AccountList } from '../account-list'
import { PullRequestArray } from '../array-source'
import { deriveDetails } from '../details'
import { contentKey } from '../file-changes'
import { demoAccounts } from '../small/accounts'
import { keyText, pullRequestId, type WorldSource } from '../source'
import { accountOf, specialAccounts } from '../special-accounts'
import type { Account, FileChange, Platform, PullRequest, PullRequestDetails, Repository } from '../types'
import { Authors } from './authors'
import { pullRequestOf, withRevert, withRevertWords } from './pull-requests'
import { contributionRepositories } from './repositories'
import { type ContributionRow, type ContributionsFolder, readContributions } from './rows'

/** The world of a contributions folder: its authors can be signed in as and linked; demo people are there with nothing. */
export function contributionsWorld(seed: string, directory: string): WorldSource {
  const folder = readContributions(directory)
  const repositories = contributionRepositories(folder.rows)
  const byName = new Map(repositories.map((one) => [`${one.platform}/${one.owner}/${one.name}`, one]))
  const authors = new Authors(folder.rows, [...demoAccounts(), ...specialAccounts()])
  const maintainers = maintainersOf(folder.rows, authors)
  const { pullRequests, paths } = build({ folder, byName, authors, maintainers })
  const accounts = new AccountList([
    ...demoAccounts(),
    ...specialAccounts(),
    ...owners(repositories),
    ...authors.accounts(),
  ])
  const details = detailsOf({ repositories, accounts, maintainers, paths })
  return { seed, accounts, repositories, pullRequests: new PullRequestArray(pullRequests, details) }
}

type ByName = ReadonlyMap<string, Repository>
type Maintainers = ReadonlyMap<string, readonly number[]>
type Paths = ReadonlyMap<string, ContributionRow['top_paths']>
type Building = { folder: ContributionsFolder; byName: ByName; authors: Authors; maintainers: Maintainers }

function build(input: Building): { pullRequests: readonly PullRequest[]; paths: Paths } {
  const { folder, byName, authors, maintainers } = input
  const paths = new Map<string, ContributionRow['top_paths']>()
  const pullRequests: PullRequest[] = []
  const rowName = (platform: Platform, repo: string, number: number) => `${platform}/${repo}/${number}`
  const handles = new Map<string, number>()
  for (const [handle, row] of folder.rows.entries()) {
    const repository = byName.get(`${row.platform}/${row.repo}`)
    if (!repository) throw new Error(`no repository for ${row.repo}`)
    const maintainerIds = maintainers.get(`${row.platform}/${row.repo}`) ?? []
    const pullRequest = pullRequestOf({ row, handle, repository, authors, maintainerIds })
    pullRequests.push(pullRequest)
    paths.set(keyText(pullRequest), row.top_paths)
    handles.set(rowName(row.platform, row.repo, row.number), handle)
  }
  for (const [handle, row] of folder.rows.entries()) {
    const pullRequest = pullRequests[handle]
    if (!pullRequest || (row.reverted_by === null && !row.reverted_by_sha)) continue
    const revertHandle = handles.get(rowName(row.platform, row.repo, row.reverted_by ?? 0))
    const revert = revertHandle === undefined ? undefined : pullRequests[revertHandle]
    pullRequests[handle] = withRevert(pullRequest, row, revert ?? null)
    if (revertHandle !== undefined && revert) pullRequests[revertHandle] = withRevertWords(revert, pullRequest, row)
  }
  linkBackPorts(pullRequests)
  for (const { platform, repo, number, also_in } of folder.duplicates) {
    const handle = handles.get(rowName(platform, repo, number))
    const original = handle === undefined ? undefined : pullRequests[handle]
    const row = handle === undefined ? undefined : folder.rows[handle]
    const place = byName.get(`${otherPlatform(platform)}/${also_in}`)
    if (!original || !row || !place) continue
    pullRequests.push(
      mirrorOf(original, { place, authorId: authors.mention(place.platform, row.author), handle: pullRequests.length }),
    )
  }
  return { pullRequests, paths }
}

function otherPlatform(platform: Platform): Platform {
  return platform === 'github' ? 'gitee' : 'github'
}

/**
 * Back-ports repeat author, title and size on another branch of the repository: they are the same change as the one on its
 * main branch, and no message says so.
 */
function linkBackPorts(pullRequests: PullRequest[]): void {
  const sameChange = ({ platform, repositoryId, authorId, title, additions, deletions, changedFiles }: PullRequest) =>
    [platform, repositoryId, authorId, plainTitle(title), additions, deletions, changedFiles].join('\n')
  const isElsewhere = ({ traps }: PullRequest) => traps.includes('release_branch')
  const onMain = new Map(pullRequests.filter((one) => !isElsewhere(one)).map((one) => [sameChange(one), one]))
  for (const [handle, pullRequest] of pullRequests.entries()) {
    const original = isElsewhere(pullRequest) ? onMain.get(sameChange(pullRequest)) : undefined
    if (!original || pullRequest.additions + pullRequest.deletions === 0) continue
    const { platform, repositoryId, number } = original
    const traps: PullRequest['traps'] = [...pullRequest.traps, 'back_port']
    pullRequests[handle] = { ...pullRequest, backPortOf: { platform, repositoryId, number }, traps }
  }
}

/** Without the tags of branches that back-ports bear. */
function plainTitle(title: string): string {
  return title
    .replace(/^(?:\s*(?:\[[^\]]*\]|【[^】]*】))+/, '')
    .trim()
    .toLowerCase()
}

/** The same landed commit on the other platform, under a number that no row has. */
function mirrorOf(original: PullRequest, to: { place: Repository; authorId: number; handle: number }): PullRequest {
  const { place, authorId, handle } = to
  const { platform, repositoryId, number, landing } = original
  return {
    ...original,
    platform: place.platform,
    repositoryId: place.id,
    number: 90_000 + number,
    id: pullRequestId(place.platform, handle),
    authorId,
    mergedById: null,
    closedById: null,
    baseBranch: place.defaultBranch,
    coAuthorIds: [],
    landing: landing && { ...landing, branch: place.defaultBranch },
    mirrorOf: { platform, repositoryId, number },
    traps: ['mirror'],
  }
}

/** Those who landed most in a repository review there. */
function maintainersOf(rows: readonly ContributionRow[], authors: Authors): Maintainers {
  const counts = new Map<string, Map<number, number>>()
  for (const row of rows) {
    const key = `${row.platform}/${row.repo}`
    const byAuthor = counts.get(key) ?? new Map<number, number>()
    counts.set(key, byAuthor)
    const id = row.author_id ?? authors.idOf(row.platform, row.author)
    byAuthor.set(id, (byAuthor.get(id) ?? 0) + 1)
  }
  const top = (byAuthor: ReadonlyMap<number, number>) =>
    [...byAuthor]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 4)
      .map(([id]) => id)
  return new Map([...counts].map(([key, byAuthor]) => [key, top(byAuthor)]))
}

function owners(repositories: readonly Repository[]): readonly Account[] {
  const facts = new Map(
    repositories.map(({ platform, owner, ownerId }) => [`${platform}/${owner}`, { platform, owner, ownerId }]),
  )
  return [...facts.values()].map(({ platform, owner, ownerId }) =>
    accountOf(platform, { id: ownerId, login: owner, kind: 'Organization', name: owner }),
  )
}

type DetailsKnown = {
  repositories: readonly Repository[]
  accounts: AccountList
  maintainers: Maintainers
  paths: Paths
}

function detailsOf({ repositories, accounts, maintainers, paths }: DetailsKnown) {
  const byId = new Map(repositories.map((one) => [`${one.platform}/${one.id}`, one]))
  return (pullRequest: PullRequest): PullRequestDetails => {
    const repository = byId.get(`${pullRequest.platform}/${pullRequest.repositoryId}`)
    const author = accounts.find(pullRequest.platform, pullRequest.authorId)
    if (!repository || !author) throw new Error('a pull request outside of this world')
    const maintainerIds = maintainers.get(`${repository.platform}/${repository.owner}/${repository.name}`) ?? []
    const derived = deriveDetails({ pullRequest, repository, author, maintainerIds })
    return { ...derived, files: namedFiles(derived.files, paths.get(contentKey(pullRequest)) ?? [], pullRequest) }
  }
}

/** The named paths with their own sizes, then as many others as the row counts, sharing what is left. */
function namedFiles(
  derived: readonly FileChange[],
  named: ContributionRow['top_paths'],
  { additions, deletions, changedFiles }: PullRequest,
): readonly FileChange[] {
  const files = named.map(({ path, add, del }): FileChange => {
    return { path, previousPath: null, status: 'modified', additions: add, deletions: del }
  })
  const rest = derived.slice(0, Math.max(0, changedFiles - files.length))
  const leftAdditions = Math.max(0, additions - files.reduce((sum, file) => sum + file.additions, 0))
  const leftDeletions = Math.max(0, deletions - files.reduce((sum, file) => sum + file.deletions, 0))
  const share = (left: number, index: number) => Math.floor(left / rest.length) + (index < left % rest.length ? 1 : 0)
  const others = rest.map((file, index): FileChange => {
    return {
      ...file,
      status: 'modified',
      additions: share(leftAdditions, index),
      deletions: share(leftDeletions, index),
    }
  })
  return [...files, ...others]
}
