import { randomBytes } from 'node:crypto'
import type { JWK } from 'jose'
import { exportJWK, generateKeyPair } from 'jose'
import type { Configuration, FindAccount } from 'oidc-provider'
import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import type { IdentityPerson } from './people'
import { subjectOf } from './people'
import { createMemoryStorage } from './storage'
import { IDENTITY_WORDS, pickLocale } from './words'

const HOUR_SECONDS = 3600
const DAY_SECONDS = 24 * HOUR_SECONDS

export type IdentityClient = { clientId: string; clientSecret: string; redirectUris: readonly string[] }

export type IdentitySettings = {
  slug: string
  basePath: string
  people: readonly IdentityPerson[]
  client: IdentityClient
  signingKey: JWK
}

/** A fresh signing key under a fresh id: after a restart clients that cached the old key set fetch the new one. */
export async function createSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: randomBytes(8).toString('hex') }
}

/** The provider's configuration: code flow with PKCE only, claims in the ID token and at userinfo, no consent page. */
export function identityConfiguration(settings: IdentitySettings): Configuration {
  const { slug, basePath, client } = settings
  return {
    adapter: createMemoryStorage(),
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
      },
    ],
    jwks: { keys: [settings.signingKey] },
    findAccount: accountFinder(settings),
    scopes: ['openid', 'profile', 'email'],
    claims: {
      openid: ['sub'],
      profile: [
        'name',
        'preferred_username',
        'student_number',
        'department',
        'programme',
        'class_name',
        'roles',
        'locale',
      ],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    features: {
      devInteractions: { enabled: false },
      // The page that would ask is never shown, see logout.ts.
      rpInitiatedLogout: { enabled: true, logoutSource: () => undefined },
      userinfo: { enabled: true },
    },
    interactions: { url: (_ctx, interaction) => `${basePath}/interaction/${interaction.uid}` },
    loadExistingGrant: grantWithoutConsent,
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: `sso_${slug}`, interaction: `sso_${slug}_interaction`, resume: `sso_${slug}_resume` },
      long: { path: basePath, httpOnly: true, sameSite: 'lax', signed: true },
      short: { path: basePath, httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      AccessToken: HOUR_SECONDS,
      AuthorizationCode: 60,
      IdToken: HOUR_SECONDS,
      Interaction: HOUR_SECONDS,
      Grant: DAY_SECONDS,
      Session: DAY_SECONDS,
    },
    renderError: (ctx, out) => {
      const locale = pickLocale(undefined, ctx.get('accept-language'))
      ctx.set({ ...PAGE_HEADERS })
      const details = [out.error, out.error_description].filter(Boolean).join(': ')
      ctx.body = renderMessagePage(locale, IDENTITY_WORDS[locale].errorTitle, details)
    },
  }
}

function accountFinder({ slug, people }: IdentitySettings): FindAccount {
  const bySubject = new Map(people.map((person) => [subjectOf(slug, person.key), person]))
  return async (_ctx, subject) => {
    const person = bySubject.get(subject)
    if (person === undefined) return undefined
    return { accountId: subject, claims: async () => ({ sub: subject, ...claimsOf(person) }) }
  }
}

function claimsOf(person: IdentityPerson) {
  return {
    name: person.name,
    preferred_username: person.number,
    student_number: person.number,
    department: person.department,
    programme: person.programme,
    class_name: person.className,
    roles: [...person.roles],
    locale: person.locale,
    email: person.email,
    email_verified: true,
  }
}

/** A university's own sign-in does not ask its people for consent towards the university's own app. */
const grantWithoutConsent: NonNullable<Configuration['loadExistingGrant']> = async (ctx) => {
  const { client, session, provider, params } = ctx.oidc
  if (client === undefined || session?.accountId === undefined) return undefined
  const known = session.grantIdFor(client.clientId)
  const existing = known === undefined ? undefined : await provider.Grant.find(known)
  const grant = existing ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
  grant.addOIDCScope(typeof params?.scope === 'string' ? params.scope : 'openid')
  await grant.save()
  return grant
}
