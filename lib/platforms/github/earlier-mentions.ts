import { PlatformError } from '../platform-error'
import type { Credential, EarlierMentions, PullRequestSeen } from '../port'
import type { GitHubApi } from './api'
import { EARLIER_MENTIONS, MENTIONS_A_PAGE } from './queries'
import { earlierMentionsSchema } from './schema'
import { mentionsOf } from './transform'

/** A thousand mentions of each kind beyond those of the list: who is spoken of more often is spoken of by machines. */
const MAX_PAGES = 10
const DAY_MS = 86_400_000

type Call = { credential: Credential; signal?: AbortSignal | undefined }

/**
 * A pull request with all who speak of it since it was closed: those that the list cut off are asked for, newest first, as
 * far back as something may have landed it or taken it back. Nothing is asked where the list was whole.
 */
export async function withEarlierMentions(api: GitHubApi, pull: PullRequestSeen, call: Call): Promise<PullRequestSeen> {
  // GraphQL refuses whoever does not sign in; and what is open has not landed, unless it was reopened.
  if (call.credential.kind === 'anonymous' || pull.nodeId === null) return pull
  const since = new Date((pull.mergedAt ?? pull.closedAt ?? pull.createdAt).getTime() - DAY_MS)
  let known = pull
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { commits, pullRequests } = stillWanted(known.earlierMentions, since)
    if (commits === null && pullRequests === null) break
    const variables = {
      id: pull.nodeId,
      size: MENTIONS_A_PAGE,
      wantsCommits: commits !== null,
      wantsPulls: pullRequests !== null,
      commitsBefore: commits?.cursor ?? null,
      pullsBefore: pullRequests?.cursor ?? null,
    }
    const parsed = earlierMentionsSchema.safeParse(await api.graphql(EARLIER_MENTIONS, { ...call, variables }))
    if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'mentions' })
    known = together(known, mentionsOf(parsed.data.node, aboutOf(pull)))
  }
  return known
}

function stillWanted(cut: EarlierMentions | undefined, since: Date): EarlierMentions {
  const wanted = (list: EarlierMentions['commits'] | undefined) => (list && list.oldestAt > since ? list : null)
  return { commits: wanted(cut?.commits), pullRequests: wanted(cut?.pullRequests) }
}

function aboutOf({ number, repository }: PullRequestSeen) {
  const { owner, name, platformRepositoryId } = repository
  return { number, repositoryId: Number(platformRepositoryId), fullName: `${owner}/${name}` }
}

function together(known: PullRequestSeen, earlier: ReturnType<typeof mentionsOf>): PullRequestSeen {
  const { earlierMentions: _cut, ...pull } = known
  return {
    ...pull,
    mentionedBy: [...earlier.mentionedBy, ...known.mentionedBy],
    revertedBy: [...earlier.revertedBy, ...known.revertedBy],
    ...(earlier.earlierMentions ? { earlierMentions: earlier.earlierMentions } : {}),
  }
}
