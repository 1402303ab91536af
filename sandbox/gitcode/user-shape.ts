import type { SandboxContext } from '../http/types'
import type { Account } from '../world/types'
import { innerNumber, shownId } from './ids'

/** How a person stands inside other answers: the id is a text. Addresses stand in it, as in reality: the app must drop them. */
export function shownUser(context: SandboxContext, account: Account) {
  return {
    avatar_url: `${context.origin}/gitcode/assets/avatar.png`,
    email: `${account.login}@noreply.gitcode.com`,
    html_url: `${context.origin}/gitcode/${account.login}`,
    id: shownId(account.id),
    login: account.login,
    name: account.name ?? account.login,
    name_cn: account.name ?? account.login,
    state: 'active',
  }
}

/** The author of a pull request has its number under three names. */
export function shownAuthor(context: SandboxContext, id: number | null) {
  const account = find(context, id)
  if (account === null) return null
  return { ...shownUser(context, account), object_id: shownId(account.id), user_id: String(innerNumber(account.id)) }
}

/** By id; nothing of a deleted account is left. */
export function shownUserById(context: SandboxContext, id: number | null) {
  const account = find(context, id)
  return account && shownUser(context, account)
}

/** In comments a person is named by a number of another count. */
export function shownCommenter(context: SandboxContext, id: number | null) {
  const account = find(context, id)
  return account && { ...shownUser(context, account), id: innerNumber(account.id) }
}

function find(context: SandboxContext, id: number | null): Account | null {
  const account = id === null ? null : context.world.findAccount('gitcode', id)
  return account === null || account.deletedAs !== null ? null : account
}

/** The answer about a person; the address is there in any case. */
export function shownProfile(context: SandboxContext, account: Account) {
  const api = `${context.origin}/gitcode/api/v5`
  return {
    avatar_url: `${context.origin}/gitcode/assets/avatar.png`,
    bio: '',
    blog: '',
    company: '',
    email: account.email,
    followers: 0,
    followers_url: `${api}/users/${account.login}/followers`,
    following: 0,
    html_url: `${context.origin}/gitcode/${account.login}`,
    id: shownId(account.id),
    login: account.login,
    name: account.name ?? account.login,
    top_languages: ['Python', 'C++'],
    type: account.kind === 'Organization' ? 'Organization' : 'User',
    url: `${api}/${account.login}`,
  }
}
