import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { readToken, signToken } from '../http/signed-token'

const USER_PREFIX = 'gho_'
const INSTALLATION_PREFIX = 'ghs_'
/** GitHub keeps at most this many tokens per user, application and scope set; the oldest is revoked. */
const KEPT_TOKENS = 10

const userFacts = z.object({
  id: z.string(),
  accountId: z.number(),
  clientId: z.string(),
  scopes: z.array(z.string()),
  issuedAtMs: z.number(),
})
export type UserToken = z.infer<typeof userFacts>

const installationFacts = z.object({ installationId: z.number(), appId: z.number(), expiresAtMs: z.number() })
export type InstallationToken = z.infer<typeof installationFacts>

/** Tokens carry their facts; what is remembered is only which are dead. */
export class Tokens {
  readonly #secret: string
  readonly #revoked = new Set<string>()
  readonly #grantsEndedAtMs = new Map<string, number>()
  readonly #issued = new Map<string, string[]>()

  constructor(secret: string) {
    this.#secret = secret
  }

  issueUserToken(facts: Omit<UserToken, 'id'>): string {
    const id = randomUUID()
    const key = `${facts.accountId}/${facts.clientId}/${facts.scopes.toSorted().join(',')}`
    const issued = [...(this.#issued.get(key) ?? []), id]
    if (issued.length > KEPT_TOKENS) this.#revoked.add(issued.shift() ?? '')
    this.#issued.set(key, issued)
    return signToken(USER_PREFIX, this.#secret, { id, ...facts })
  }

  issueInstallationToken(facts: InstallationToken): string {
    return signToken(INSTALLATION_PREFIX, this.#secret, facts)
  }

  findUserToken(token: string): UserToken | null {
    const parsed = userFacts.safeParse(readToken(USER_PREFIX, this.#secret, token))
    if (!parsed.success || this.#revoked.has(parsed.data.id)) return null
    const endedAtMs = this.#grantsEndedAtMs.get(`${parsed.data.accountId}/${parsed.data.clientId}`)
    return endedAtMs !== undefined && parsed.data.issuedAtMs <= endedAtMs ? null : parsed.data
  }

  findInstallationToken(token: string, nowMs: number): InstallationToken | null {
    const parsed = installationFacts.safeParse(readToken(INSTALLATION_PREFIX, this.#secret, token))
    return parsed.success && parsed.data.expiresAtMs > nowMs ? parsed.data : null
  }

  revoke({ id }: UserToken): void {
    this.#revoked.add(id)
  }

  revokeGrant({ accountId, clientId }: UserToken, nowMs: number): void {
    this.#grantsEndedAtMs.set(`${accountId}/${clientId}`, nowMs)
  }
}

export function hashedToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
