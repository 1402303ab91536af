import type { SandboxContext } from '../http/types'
import type { Account } from '../world/types'
import { shownId } from './ids'

/** What OpenID Connect's userinfo says; the address only where its scope was asked for. */
export function profileOf(context: SandboxContext, account: Account, scopes: readonly string[]) {
  const profile = {
    name: account.name ?? account.login,
    preferred_username: account.login,
    profile: `${context.origin}/huggingface/${account.login}`,
    picture: `${context.origin}/huggingface/avatars/${account.id}.svg`,
    website: '',
    isPro: false,
    orgs: [],
  }
  return {
    sub: shownId(account.id),
    ...(scopes.includes('profile') ? profile : {}),
    ...(scopes.includes('email') ? { email: account.email, email_verified: true } : {}),
  }
}

/** How somebody stands inside other answers; nothing where the account was deleted. */
export function shownAuthor(context: SandboxContext, id: number | null) {
  const account = id === null ? null : context.world.findAccount('huggingface', id)
  if (account === null || account.deletedAs !== null) return undefined
  return {
    _id: shownId(account.id),
    avatarUrl: `/avatars/${account.id}.svg`,
    fullname: account.name ?? account.login,
    name: account.login,
    type: account.kind === 'Organization' ? 'org' : 'user',
    isPro: false,
    isHf: false,
    isHfAdmin: false,
    isMod: false,
  }
}

export function shownOverview(account: Account) {
  return {
    _id: shownId(account.id),
    avatarUrl: `/avatars/${account.id}.svg`,
    isPro: false,
    fullname: account.name ?? account.login,
    numModels: 0,
    numDatasets: 0,
    numSpaces: 0,
    numDiscussions: 0,
    numPapers: 0,
    numUpvotes: 0,
    numLikes: 0,
    user: account.login,
    type: 'user',
    isFollowing: false,
    orgs: [],
    createdAt: account.createdAt.toISOString(),
  }
}
