import type { Account } from '../../world/types'
import { accountNodeId } from '../people'
import { time, type Urls } from '../urls'
import type { Schemas } from './schemas'

export function simpleUser(urls: Urls, account: Account): Schemas['simple-user'] {
  const url = urls.apiUser(account)
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${urls.web}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: urls.user(account),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    site_admin: false,
  }
}

export function nullableUser(urls: Urls, account: Account | null): Schemas['nullable-simple-user'] {
  return account ? simpleUser(urls, account) : null
}

/** A profile without the address: e-mail is shown to its owner with `user:email` only, which nobody here asks for. */
export function publicUser(urls: Urls, account: Account): Schemas['public-user'] {
  return {
    ...simpleUser(urls, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: account.id % 40,
    public_gists: 0,
    followers: account.id % 210,
    following: account.id % 70,
    created_at: time(account.createdAt),
    updated_at: time(account.createdAt),
  }
}
