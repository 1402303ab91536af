import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { readToken, signToken } from '../http/signed-token'
import type { SandboxContext } from '../http/types'

export const ACCESS_TOKEN_SECONDS = 28_800
const CODE_SECONDS = 300
const KEPT_USED = 20_000
/** A university's service token: a personal token that may read. */
const SERVICE_TOKEN = /^sandbox-huggingface-service-[a-z0-9-]{1,40}$/

const grantSchema = z.object({
  accountId: z.int(),
  clientId: z.string(),
  scope: z.string(),
  redirectUri: z.string(),
  codeChallenge: z.string().nullable(),
  nonce: z.string().nullable(),
  issuedAtSeconds: z.int(),
})
export type Grant = z.infer<typeof grantSchema>

export type HubCaller =
  | { kind: 'anonymous' }
  | { kind: 'account'; accountId: number; scope: string }
  | { kind: 'service'; name: string }

/** Codes and tokens of the Hub's OpenID Connect. They carry their facts; a code works once. */
export class HubTokens {
  readonly #context: SandboxContext
  readonly #used = new Set<string>()

  constructor(context: SandboxContext) {
    this.#context = context
  }

  issueCode(grant: Omit<Grant, 'issuedAtSeconds'>): string {
    return this.#sign('hf_code_', { ...grant, issuedAtSeconds: this.#nowSeconds() })
  }

  /** The grant of a code that is ours, unused and young; it is used up by this. */
  redeemCode(code: string): Grant | null {
    const grant = this.#read('hf_code_', code)
    if (grant === null || this.#nowSeconds() - grant.issuedAtSeconds > CODE_SECONDS) return null
    return this.#markUsed(code) ? grant : null
  }

  issueAccessToken(grant: Grant): string {
    return this.#sign('hf_oauth_', { ...grant, issuedAtSeconds: this.#nowSeconds() })
  }

  /** Null for a token that is not ours, or dead. */
  identify(token: string | null): HubCaller | null {
    if (token === null) return { kind: 'anonymous' }
    if (SERVICE_TOKEN.test(token)) return { kind: 'service', name: token }
    const grant = this.#read('hf_oauth_', token)
    if (grant === null) return null
    const account = this.#context.world.findAccount('huggingface', grant.accountId)
    if (account === null || account.deletedAs !== null) return null
    if (this.#nowSeconds() - grant.issuedAtSeconds >= ACCESS_TOKEN_SECONDS) return null
    return { kind: 'account', accountId: grant.accountId, scope: grant.scope }
  }

  #sign(prefix: string, grant: Grant): string {
    return signToken(prefix, this.#context.tokenSecret, { ...grant, unique: randomBytes(9).toString('base64url') })
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
