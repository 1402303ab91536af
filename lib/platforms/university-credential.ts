import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { Platform } from '@/lib/domain/platform'
import { AllowanceMeter } from './allowance'
import { failureOf } from './github/api'
import { installationTokenSchema } from './github/schema'
import { askPlatform, parseAnswer } from './http'
import { PlatformError } from './platform-error'
import type { Credential } from './port'
import { platformSettings } from './settings'

/** Which row of a university's connections holds the credential for a platform. */
export const CONNECTION_KIND_OF = {
  github: 'github_app',
  gitee: 'gitee_token',
  gitcode: 'gitcode_token',
  huggingface: 'huggingface_token',
} as const satisfies Record<Platform, string>

/** A university's GitHub App; the secret beside it is the app's private key as PKCS #8 PEM. */
export const githubAppSettingsSchema = z.object({
  appId: z.string().regex(/^\d+$/),
  installationId: z.string().regex(/^\d+$/),
})

/**
 * What a university may ask a platform with. GitHub: a token of the university's own App installation, made now and good
 * for an hour (GitHub's terms forbid pooling people's tokens). Elsewhere: the university's service token.
 * @param connection the settings as stored and the opened secret
 */
export async function universityCredential(
  platform: Platform,
  connection: { settings: unknown; secret: string },
): Promise<Credential> {
  if (CONNECTION_KIND_OF[platform] !== 'github_app')
    return { kind: 'token', of: 'university', token: connection.secret, meter: new AllowanceMeter() }
  const settings = githubAppSettingsSchema.safeParse(connection.settings)
  if (!settings.success) throw new PlatformError({ platform, kind: 'sign_in_expired', note: 'app settings' })
  const token = await installationToken(settings.data, connection.secret)
  return { kind: 'token', of: 'university', token, meter: new AllowanceMeter() }
}

type GitHubApp = z.infer<typeof githubAppSettingsSchema>

async function installationToken(app: GitHubApp, privateKey: string): Promise<string> {
  const ask = async (now: Date) =>
    askPlatform({
      platform: 'github',
      url: `${platformSettings().github.apiUrl}/app/installations/${app.installationId}/access_tokens`,
      method: 'POST',
      headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${await appJwt(app, privateKey, now)}` },
      repeatable: true,
    })
  const first = await ask(new Date())
  // An identity card from the future, or one that lasts too long, is refused: the platform's own clock says what it takes.
  const theirs = first.status === 401 ? skewedClock(first.headers, new Date()) : null
  const answer = theirs === null ? first : await ask(theirs)
  const failure = failureOf(answer)
  // The App was removed, or its key replaced: an admin has to look, as with a sign-in that ended.
  if (failure?.kind === 'not_found') throw new PlatformError({ platform: 'github', kind: 'sign_in_expired' })
  if (failure) throw failure
  const parsed = installationTokenSchema.safeParse(parseAnswer('github', answer.text))
  if (!parsed.success) throw new PlatformError({ platform: 'github', kind: 'unexpected_answer', note: 'installation' })
  return parsed.data.token
}

const SKEW_MS = 30_000

/** What the platform's clock shows, where it differs enough to matter. */
function skewedClock(headers: Headers, now: Date): Date | null {
  const theirs = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(theirs) || Math.abs(theirs - now.getTime()) < SKEW_MS ? null : new Date(theirs)
}

/** A minute in the past for clocks that differ, nine minutes ahead of at most ten. */
async function appJwt(app: GitHubApp, privateKey: string, now: Date): Promise<string> {
  const key = await importPKCS8(privateKey, 'RS256').catch(() => null)
  if (key === null) throw new PlatformError({ platform: 'github', kind: 'sign_in_expired', note: 'app key' })
  const nowSeconds = Math.floor(now.getTime() / 1000)
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(app.appId)
    .setIssuedAt(nowSeconds - 60)
    .setExpirationTime(nowSeconds + 540)
    .sign(key)
}
