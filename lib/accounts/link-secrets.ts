import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess: a state, or a PKCE verifier (43 characters, as RFC 7636 wants). */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a state: who reads the table cannot finish another's linking. */
export function hashState(state: string): string {
  return createHash('sha256').update(state).digest('hex')
}

/** S256 of RFC 7636. */
export function codeChallengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
