import { z } from 'zod'
import { AppError } from '@/lib/domain/errors'
import { log } from '@/lib/log/log'

const endpoint = z.url({ protocol: /^https?$/ })

const discovery = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  end_session_endpoint: endpoint.optional(),
})

/** Where a university's sign-in is to be asked, as it says itself. */
export type OidcEndpoints = z.infer<typeof discovery>

const KEEP_MS = 5 * 60_000
const TIMEOUT_MS = 8_000
const kept = new Map<string, { endpoints: OidcEndpoints; until: number }>()

/**
 * Asks an issuer where its endpoints are; the answer is kept for five minutes.
 * @throws AppError `unavailable` when it does not answer, or answers for another issuer
 */
export async function discoverEndpoints(issuer: string): Promise<OidcEndpoints> {
  const known = kept.get(issuer)
  if (known && known.until > Date.now()) return known.endpoints
  const endpoints = await askIssuer(issuer)
  kept.set(issuer, { endpoints, until: Date.now() + KEEP_MS })
  return endpoints
}

async function askIssuer(issuer: string): Promise<OidcEndpoints> {
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) throw new Error(`answered ${response.status}`)
    const endpoints = discovery.parse(await response.json())
    // Who answers for another issuer could have tokens taken for the other's.
    if (endpoints.issuer !== issuer) throw new Error(`answers for ${endpoints.issuer}`)
    return endpoints
  } catch (error) {
    log.warn('oidc_discovery_failed', { issuer, message: error instanceof Error ? error.message : String(error) })
    throw new AppError('unavailable', 'university_unreachable')
  }
}
