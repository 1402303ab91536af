import { createHash, generateKeyPairSync, sign } from 'node:crypto'

const KEY_ID = 'sandbox-hub'

/** Signs what OpenID Connect says of a sign-in; a key of this process, which the discovery document leads to. */
export class IdTokens {
  readonly #pair = generateKeyPairSync('rsa', { modulusLength: 2048 })

  sign(claims: Readonly<Record<string, unknown>>): string {
    const body = [{ alg: 'RS256', typ: 'JWT', kid: KEY_ID }, claims].map(encode).join('.')
    return `${body}.${sign('sha256', Buffer.from(body), this.#pair.privateKey).toString('base64url')}`
  }

  keySet() {
    return { keys: [{ ...this.#pair.publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' }] }
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** Whether a verifier belongs to the challenge that a code was asked for with. */
export function provesChallenge(verifier: string, challenge: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
