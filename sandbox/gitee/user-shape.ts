import type { SandboxContext } from '../http/types'
import type { Account } from '../world/types'
import { giteeTime } from './time'

/** How a user stands inside other answers. */
export function shownUser(context: SandboxContext, account: Account) {
  const api = `${context.origin}/gitee/api/v5/users/${account.login}`
  return {
    id: account.id,
    login: account.login,
    name: account.name ?? account.login,
    avatar_url: `${context.origin}/gitee/assets/no_portrait.png`,
    url: api,
    html_url: `${context.origin}/gitee/${account.login}`,
    remark: '',
    followers_url: `${api}/followers`,
    following_url: `${api}/following_url{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.kind === 'Organization' ? 'Group' : 'User',
  }
}

/** By id; a deleted account is nothing, or a shell that has its name only. */
export function shownUserById(context: SandboxContext, id: number | null) {
  const account = id === null ? null : context.world.findAccount('gitee', id)
  if (account === null || account.deletedAs === 'null') return null
  if (account.deletedAs === 'ghost')
    return { ...shownUser(context, { ...account, login: 'ghost', name: 'ghost' }), id: 0 }
  return shownUser(context, account)
}

/** The user's own page of the API; the address is there only for a token with the scope `emails`. */
export function shownProfile(context: SandboxContext, account: Account, showsEmail: boolean) {
  const { remark: _remark, ...user } = shownUser(context, account)
  return {
    ...user,
    blog: null,
    weibo: null,
    bio: '',
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    stared: 0,
    watched: 0,
    created_at: giteeTime(account.createdAt),
    updated_at: giteeTime(account.createdAt),
    email: showsEmail ? account.email : null,
  }
}
