import type { Commit, Repository } from '../../world/types'
import { nodeId } from '../node-ids'
import { time } from '../urls'
import { byPlace, type ConnectionArguments, connection } from './connection'
import { keyedRows, type Resolving } from './resolving'

type HistoryArguments = ConnectionArguments & { since?: string | null; until?: string | null }

/** A commit by sha. One that the world does not know still has its sha and address, as merge commits of heads do. */
export function commitNode(resolving: Resolving, repo: Repository, sha: string) {
  const { world, urls } = resolving.github
  const found = world.findCommit('github', repo.id, sha)
  return {
    __typename: 'Commit',
    id: nodeId('commit', repo.id, sha),
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url: urls.commit(repo, sha),
    commitUrl: urls.commit(repo, sha),
    repository: () => resolving.make.repository(resolving, repo),
    ...(found ? knownFields(resolving, repo, found) : {}),
  }
}

function knownFields(resolving: Resolving, repo: Repository, found: Commit) {
  const message = resolving.github.urls.text(found.message)
  const [headline = '', ...body] = message.split('\n')
  return {
    message,
    messageHeadline: headline,
    messageBody: body.join('\n').trim(),
    committedDate: time(found.at),
    authoredDate: time(found.at),
    author: () => gitActor(resolving, found, 'author'),
    committer: () => gitActor(resolving, found, 'committer'),
    authors: (given: ConnectionArguments) =>
      connection(byPlace([gitActor(resolving, found, 'author'), ...coAuthors(resolving, found)]), given, (one) => one),
    parents: (given: ConnectionArguments) =>
      connection(byPlace(found.parents), given, (sha) => commitNode(resolving, repo, sha)),
    history: (given: HistoryArguments) => historyBelow(resolving, repo, { from: found, given }),
    associatedPullRequests: (given: ConnectionArguments) => landedBy(resolving, repo, { sha: found.sha, given }),
  }
}

/** The address stands here too, as it does on GitHub: readers must drop it. */
function gitActor(resolving: Resolving, found: Commit, role: 'author' | 'committer') {
  const isAuthor = role === 'author'
  return {
    name: isAuthor ? found.authorName : found.committerName,
    email: isAuthor ? found.authorEmail : found.committerEmail,
    date: time(found.at),
    user: () => resolving.make.actor(resolving, isAuthor ? found.authorId : found.committerId),
  }
}

/** Co-authors of a squash, by the numeric id in their noreply address. */
function coAuthors(resolving: Resolving, { message, at }: Commit) {
  const trailers = message.matchAll(/^Co-authored-by: (.+?) <((\d+)\+[^>]+)>$/gim)
  return [...trailers].map(([, name = '', email = '', id]) => {
    return { name, email, date: time(at), user: () => resolving.make.actor(resolving, Number(id)) }
  })
}

function historyBelow(
  resolving: Resolving,
  repo: Repository,
  { from, given }: { from: Commit; given: HistoryArguments },
) {
  const since = given.since ? new Date(given.since) : null
  const until = given.until ? new Date(given.until) : null
  const branch = from.branch ?? repo.defaultBranch
  const rows = resolving.github.world
    .listCommits('github', repo.id, branch)
    .filter(({ at }) => at <= from.at && (!since || at >= since) && (!until || at <= until))
    .map((row) => ({ row, key: row.sha }))
  return connection(rows, given, (row) => commitNode(resolving, repo, row.sha))
}

function landedBy(resolving: Resolving, repo: Repository, { sha, given }: { sha: string; given: ConnectionArguments }) {
  const list = resolving.github.world.listPullRequests({ platform: 'github', repositoryId: repo.id })
  const rows = keyedRows(
    list,
    (pull) => pull.mergeCommitSha === sha && pull.mergedAt !== null,
    ({ id }) => String(id),
  )
  return connection(rows, given, (pull) => resolving.make.pullRequest(resolving, pull))
}
