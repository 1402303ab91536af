import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { readToken, signToken } from '../http/signed-token'
import type { SandboxContext } from '../http/types'

export const ACCESS_TOKEN_SECONDS = 1_296_000
const CODE_SECONDS = 600
const KEPT_USED = 20_000
/** A university's service token: a personal token that does not expire by itself. */
const SERVICE_TOKEN = /^sandbox-gitcode-service-[a-z0-9-]{1,40}$/

const grantSchema = z.object({
  accountId: z.int(),
  clientId: z.string(),
  scope: z.string(),
  issuedAtSeconds: z.int(),
})
export type Grant = z.infer<typeof grantSchema>

export type GitCodeCaller =
  | { kind: 'anonymous' }
  | { kind: 'account'; accountId: number; scope: string }
  | { kind: 'service'; name: string }

/** Codes and tokens of GitCode's OAuth. They carry their facts; codes and refresh tokens work once. */
export class GitCodeTokens {
  readonly #context: SandboxContext
  readonly #used = new Set<string>()

  constructor(context: SandboxContext) {
    this.#context = context
  }

  issueCode(grant: Omit<Grant, 'issuedAtSeconds'>): string {
    return this.#sign('gitcode_code_', { ...grant, issuedAtSeconds: this.#nowSeconds() })
  }

  /** The grant of a code that is ours, unused and younger than ten minutes; it is used up by this. */
  redeemCode(code: string): Grant | null {
    const grant = this.#read('gitcode_code_', code)
    if (grant === null || this.#nowSeconds() - grant.issuedAtSeconds > CODE_SECONDS) return null
    return this.#markUsed(code) ? grant : null
  }

  issueTokens(grant: Grant) {
    const facts = { ...grant, issuedAtSeconds: this.#nowSeconds() }
    return {
      access_token: this.#sign('gitcode_at_', facts),
      expires_in: ACCESS_TOKEN_SECONDS,
      refresh_token: this.#sign('gitcode_rt_', facts),
      scope: grant.scope,
      created_at: new Date(facts.issuedAtSeconds * 1000).toISOString(),
    }
  }

  redeemRefreshToken(token: string): Grant | null {
    const grant = this.#read('gitcode_rt_', token)
    return grant !== null && this.#markUsed(token) ? grant : null
  }

  /** Null for a token that is not ours, or dead. */
  identify(token: string | null): GitCodeCaller | null {
    if (token === null) return { kind: 'anonymous' }
    if (SERVICE_TOKEN.test(token)) return { kind: 'service', name: token }
    const grant = this.#read('gitcode_at_', token)
    if (grant === null || this.#context.world.findAccount('gitcode', grant.accountId) === null) return null
    if (this.#nowSeconds() - grant.issuedAtSeconds >= ACCESS_TOKEN_SECONDS) return null
    return { kind: 'account', accountId: grant.accountId, scope: grant.scope }
  }

  #sign(prefix: string, grant: Grant): string {
    return signToken(prefix, this.#context.tokenSecret, { ...grant, nonce: randomBytes(9).toString('base64url') })
  }

  #read(prefix: string, token: string): Grant | null {
    return grantSchema.safeParse(readToken(prefix, this.#context.tokenSecret, token)).data ?? null
  }

  #markUsed(token: string): boolean {
    if (this.#used.has(token)) return false
    this.#used.add(token)
    for (const oldest of this.#used) {
      if (this.#used.size <= KEPT_USED) break
      this.#used.delete(oldest)
    }
    return true
  }

  #nowSeconds(): number {
    return Math.floor(this.#context.now().getTime() / 1000)
  }
}
