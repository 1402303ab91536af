import type { SandboxContext } from '../http/types'
import { shaOf } from '../world/random'
import { shownRepositoryId } from '../world/shown-ids'
import type { PullRequest, Repository } from '../world/types'
import { innerId } from './ids'
import { KINDS, placeOf } from './repository-shape'
import { shownAuthor } from './user-shape'

export function statusOf(pull: PullRequest): 'draft' | 'open' | 'closed' | 'merged' {
  return pull.state === 'open' && pull.isDraft ? 'draft' : pull.state
}

/** A record of the list. No time of change, of closing or of merging is in it, and no commit. */
export function shownDiscussion(context: SandboxContext, repository: Repository, pull: PullRequest) {
  const { kind, id } = placeOf(repository)
  const author = shownAuthor(context, pull.authorId)
  return {
    num: pull.number,
    ...(author ? { author } : {}),
    repo: { name: id, type: KINDS[kind] },
    repoOwner: shownAuthor(context, repository.ownerId),
    title: pull.title,
    status: statusOf(pull),
    createdAt: pull.createdAt.toISOString(),
    isPullRequest: true,
    numComments: context.world.getDetails(pull).comments.length + 1,
    topReactions: [],
    numReactionUsers: 0,
    pinned: false,
  }
}

/** One pull request with its story and what it changes; the diff only where it is asked for. */
export function shownDetails(
  context: SandboxContext,
  repository: Repository,
  { pull, withDiff }: { pull: PullRequest; withDiff: boolean },
) {
  const web = `/${repository.owner}/${repository.name}/discussions/${pull.number}`
  return {
    ...shownDiscussion(context, repository, pull),
    org: shownAuthor(context, repository.ownerId),
    repoId: shownRepositoryId('huggingface', repository.id),
    locked: false,
    collection: 'discussions',
    changes: {
      base: `refs/heads/${pull.baseBranch}`,
      ...(pull.state === 'merged' ? { mergeCommitId: pull.landing?.sha ?? shaOf('hub-merge', pull.id) } : {}),
    },
    filesWithConflicts: pull.state === 'open' ? [] : false,
    events: eventsOf(context, pull),
    diffUrl: `${web}/files`,
    ...(withDiff ? { diff: diffOf(context, pull) } : {}),
  }
}

/** The story: what was said, each commit, and each change of status, oldest first. */
function eventsOf(context: SandboxContext, pull: PullRequest) {
  const { comments, commits } = context.world.getDetails(pull)
  const event = (type: string, by: { id: number | null; at: Date }, data: object) => {
    const author = shownAuthor(context, by.id)
    const id = innerId(pull.id, type, by.at.getTime(), JSON.stringify(data))
    return { id, ...(author ? { author } : {}), createdAt: by.at.toISOString(), type, data }
  }
  const remark = (body: string) => ({
    edited: false,
    hidden: false,
    latest: { raw: body, html: `<p>${body.length}</p>`, updatedAt: pull.createdAt.toISOString() },
    reactions: [],
  })
  const events = [
    event('comment', { id: pull.authorId, at: pull.createdAt }, remark(pull.body)),
    ...commits.map(({ sha, message, authorId, at }) =>
      event('commit', { id: authorId, at: later(at, pull.createdAt) }, { subject: message, oid: sha }),
    ),
    ...comments.map(({ authorId, body, at }) => event('comment', { id: authorId, at }, remark(body))),
  ]
  if (pull.closedAt) {
    const status = pull.state === 'merged' ? 'merged' : 'closed'
    events.push(event('status-change', { id: pull.closedById, at: pull.closedAt }, { status }))
  }
  return events.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))
}

function diffOf(context: SandboxContext, pull: PullRequest): string {
  const { files } = context.world.getDetails(pull)
  return files
    .map((file) => {
      const before = file.previousPath ?? file.path
      const index = `index ${shaOf('blob', pull.id, file.path).slice(0, 8)}..${pull.headSha.slice(0, 8)} 100644`
      const head = [
        `diff --git a/${before} b/${file.path}`,
        ...(file.status === 'added' ? ['new file mode 100644'] : []),
        index,
        `--- ${file.status === 'added' ? '/dev/null' : `a/${before}`}`,
        `+++ ${file.status === 'removed' ? '/dev/null' : `b/${file.path}`}`,
      ]
      return [...head, context.world.getPatch(pull, file), ''].join('\n')
    })
    .join('')
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b
}
