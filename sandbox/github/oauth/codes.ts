import { createHash, randomBytes } from 'node:crypto'

const CODE_LIFE_MS = 10 * 60_000

export type Grant = {
  accountId: number
  clientId: string
  redirectUri: string
  scopes: readonly string[]
  codeChallenge: string | null
}

/** Codes of the authorize page: ten minutes, once. */
export class Codes {
  readonly #grants = new Map<string, Grant & { expiresAtMs: number }>()

  issue(grant: Grant, now: Date): string {
    const code = randomBytes(10).toString('hex')
    this.#grants.set(code, { ...grant, expiresAtMs: now.getTime() + CODE_LIFE_MS })
    return code
  }

  /** The grant behind a code, which is used up by asking; null when unknown, used or late. */
  take(code: string, now: Date): Grant | null {
    const grant = this.#grants.get(code)
    this.#grants.delete(code)
    return grant && grant.expiresAtMs > now.getTime() ? grant : null
  }
}

/** PKCE: S256 is the only method GitHub knows. */
export function verifierHolds(codeChallenge: string | null, verifier: string | null): boolean {
  if (codeChallenge === null) return true
  if (!verifier) return false
  return createHash('sha256').update(verifier).digest('base64url') === codeChallenge
}
