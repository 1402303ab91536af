import { GHOST } from '../world/special-accounts'
import type { Account, PullRequest, Repository, World } from '../world/types'
import { nodeId } from './node-ids'
import type { Viewer } from './viewer'

/** Who REST shows for an account id: nobody or `ghost` for a deleted one. */
export function restAccount(world: World, id: number | null): Account | null {
  const account = id === null ? null : world.findAccount('github', id)
  if (account?.deletedAs === 'ghost') return GHOST
  return account?.deletedAs === 'null' ? null : account
}

/** Who GraphQL shows: null for every deleted account. */
export function graphqlAccount(world: World, id: number | null): Account | null {
  const account = id === null ? null : world.findAccount('github', id)
  return account?.deletedAs ? null : account
}

/** What a private profile did is seen with its own token only. */
export function canSeeWorkOf(viewer: Viewer, account: Account): boolean {
  return !account.isPrivate || (viewer.kind === 'user' && viewer.accountId === account.id)
}

export function accountNodeId({ kind, id }: Account): string {
  if (kind === 'Bot') return nodeId('bot', id)
  return nodeId(kind === 'Organization' ? 'organization' : 'user', id)
}

/** Today's relation, as GitHub guesses it; a hint, never a proof. */
export function authorAssociation(repository: Repository, pullRequest: Pick<PullRequest, 'authorId' | 'mergedById'>) {
  if (repository.ownerId === pullRequest.authorId) return 'OWNER'
  return pullRequest.mergedById === pullRequest.authorId ? 'MEMBER' : 'CONTRIBUTOR'
}
