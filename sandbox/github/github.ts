import type { SandboxContext, SandboxRequest } from '../http/types'
import type { World } from '../world/types'
import { GitHubApp } from './app'
import { RateLimits } from './limits'
import { Tokens } from './tokens'
import { Urls } from './urls'
import type { Viewer } from './viewer'

/** What all of GitHub's doors share. */
export type GitHub = {
  context: SandboxContext
  world: World
  urls: Urls
  tokens: Tokens
  limits: RateLimits
  app: GitHubApp
}

export function createGitHub(context: SandboxContext): GitHub {
  return {
    context,
    world: context.world,
    urls: new Urls(context.origin),
    tokens: new Tokens(context.tokenSecret),
    limits: new RateLimits(context.now),
    app: new GitHubApp(),
  }
}

/** The viewer behind the Authorization header; null when the header does not hold. */
export async function findViewer(github: GitHub, { headers }: SandboxRequest): Promise<Viewer | null> {
  const header = headers.authorization
  if (!header) return { kind: 'anonymous' }
  const [scheme = '', value = ''] = header.split(' ')
  if (scheme.toLowerCase() === 'basic') return findClientViewer(github, value)
  if (!['bearer', 'token'].includes(scheme.toLowerCase())) return null
  const user = github.tokens.findUserToken(value)
  if (user) {
    const account = github.world.findAccount('github', user.accountId)
    return account && !account.deletedAs ? { kind: 'user', ...user } : null
  }
  const installation = github.tokens.findInstallationToken(value, github.context.now().getTime())
  if (installation) return { kind: 'installation', installationId: installation.installationId }
  const appId = await github.app.findAppOfJwt(value, github.context.now())
  return appId === null ? null : { kind: 'app', appId }
}

/** A client id and secret read public data over REST only. */
function findClientViewer({ context }: GitHub, value: string): Viewer | null {
  const [clientId = '', secret = ''] = Buffer.from(value, 'base64').toString('utf8').split(':')
  const client = context.clients.github.find((one) => one.clientId === clientId && one.clientSecret === secret)
  return client ? { kind: 'client', clientId } : null
}

/** Name of the viewer for the request log. */
export function viewerName({ world }: GitHub, viewer: Viewer): string | null {
  if (viewer.kind === 'user') return world.findAccount('github', viewer.accountId)?.login ?? null
  if (viewer.kind === 'installation') return `installation:${viewer.installationId}`
  if (viewer.kind === 'client') return `client:${viewer.clientId}`
  return viewer.kind === 'app' ? `app:${viewer.appId}` : null
}
