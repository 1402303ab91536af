import { createHash, randomBytes } from 'node:crypto'
import type { Platform } from '@/lib/domain/platform'
import type { AccountReference, Credential } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import type { AllPlatformSettings } from '@/lib/platforms/settings'
import { SANDBOX_CLIENTS } from '@/sandbox/options'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import type { WorldOptions } from '@/sandbox/world'
import { shownAccountId } from '@/sandbox/world/shown-ids'
import type { Account, PullRequest, Trap } from '@/sandbox/world/types'

export const CALLBACK = 'http://127.0.0.1:3000/api/link/callback'

export type PlatformSandbox = {
  sandbox: RunningSandbox
  settings: AllPlatformSettings
  platforms: Platforms
  /** The token that an account's owner grants by saying yes on the platform's own page. */
  grantToken(platform: Platform, accountId: number): Promise<string>
  credentialOf(platform: Platform, accountId: number): Promise<Credential>
  account(platform: Platform, accountId: number): Account
  pullRequestsOf(platform: Platform, accountId: number): PullRequest[]
  /** The first pull request with a trap that is written by one of the accounts, when any are named. */
  trapped(trap: Trap, options?: { platform?: Platform; authorId?: number }): PullRequest
  close(): Promise<void>
}

/** The real sandbox over HTTP, on a free port unless one is named, and adapters that are set to it. */
export async function openPlatformSandbox(
  options: { world?: WorldOptions; port?: number } = {},
): Promise<PlatformSandbox> {
  const sandbox = await startSandbox({ port: 0, gitcodeLimits: { perMinute: 10_000, perHour: 100_000 }, ...options })
  const settings = settingsFor(sandbox.origin)
  const platforms = createPlatforms(settings)
  const { world } = sandbox.context
  const grantToken = async (platform: Platform, accountId: number) => {
    const verifier = randomBytes(32).toString('base64url')
    const codeChallenge = createHash('sha256').update(verifier).digest('base64url')
    const address = platforms[platform].oauth.authorizeUrl({
      state: 'test-state',
      redirectUri: CALLBACK,
      codeChallenge,
    })
    const code = await sayYes(address, {
      platform,
      accountId,
      login: world.findAccount(platform, accountId)?.login ?? '',
    })
    const granted = await platforms[platform].oauth.exchangeCode({
      code,
      redirectUri: CALLBACK,
      codeVerifier: verifier,
    })
    return granted.token
  }
  const all = (platform: Platform, authorId?: number) => {
    const list = world.listPullRequests(authorId === undefined ? { platform } : { platform, authorId })
    return Array.from({ length: list.length }, (_, index) => list.at(index)).filter((one) => one !== undefined)
  }
  return {
    sandbox,
    settings,
    platforms,
    grantToken,
    credentialOf: async (platform, id) => ({ kind: 'token', of: 'person', token: await grantToken(platform, id) }),
    account: (platform, id) => {
      const found = world.findAccount(platform, id)
      if (!found) throw new Error(`no account ${id}`)
      return found
    },
    pullRequestsOf: (platform, accountId) => all(platform, accountId),
    trapped: (trap, { platform = 'github', authorId } = {}) => {
      const found = all(platform, authorId).find((one) => one.traps.includes(trap))
      if (!found) throw new Error(`no pull request with ${trap}`)
      return found
    },
    close: () => sandbox.close(),
  }
}

export function settingsFor(origin: string): AllPlatformSettings {
  return {
    github: { webUrl: `${origin}/github`, apiUrl: `${origin}/github/api`, ...SANDBOX_CLIENTS.github },
    gitee: { webUrl: `${origin}/gitee`, apiUrl: `${origin}/gitee/api/v5`, ...SANDBOX_CLIENTS.gitee },
    gitcode: { webUrl: `${origin}/gitcode`, apiUrl: `${origin}/gitcode/api/v5`, ...SANDBOX_CLIENTS.gitcode },
    huggingface: {
      webUrl: `${origin}/huggingface`,
      apiUrl: `${origin}/huggingface/api`,
      ...SANDBOX_CLIENTS.huggingface,
    },
  }
}

/** What a university reads with where it has a service token. */
export function serviceCredential(platform: Platform): Credential {
  return { kind: 'token', of: 'university', token: `sandbox-${platform}-service-yunlu` }
}

/** What a browser does with the consent page. */
async function sayYes(address: string, who: { platform: Platform; accountId: number; login: string }): Promise<string> {
  const url = new URL(address)
  const form = new URLSearchParams(url.search)
  if (who.platform === 'github') form.set('login', who.login)
  else form.set('account', String(who.accountId))
  const answer = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body: form, redirect: 'manual' })
  const code = new URL(answer.headers.get('location') ?? 'about:blank').searchParams.get('code')
  if (code === null) throw new Error(`no code: ${answer.status} ${answer.headers.get('location')}`)
  return code
}

export function referenceOf(account: Account): AccountReference {
  const platformUserId = shownAccountId(account.platform, account.id)
  return { platformUserId, nodeId: null, login: account.login }
}
