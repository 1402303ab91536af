import { CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JSONWebKeySet, type JWK } from 'jose'
import { env } from '@/lib/config/env'

/** The newest line of a university's ledger, as it is signed. */
export type SignedHeadSubject = { universityId: string; sequence: number; hash: string }

const ALGORITHM = 'EdDSA'
const TYPE = 'yuanfen-ledger-head'

type PublicKey = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string }

/**
 * Signs a ledger's head: a compact JWS (RFC 7515, Ed25519) over the head, the moment, and what else is stated with it
 * (a filing, an export). Whoever holds it can show later that the ledger then was what it says.
 * @param statement plain JSON, under names of its own
 */
export async function signHead(
  head: SignedHeadSubject,
  { now, statement = {} }: { now: Date; statement?: Readonly<Record<string, unknown>> },
): Promise<string> {
  const { LEDGER_SIGNING_KEY: jwk } = env()
  const { universityId, sequence, hash } = head
  const payload = JSON.stringify({ ...statement, universityId, sequence, hash, signedAt: now.toISOString() })
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid, typ: TYPE })
    .sign(await importJWK(jwk, ALGORITHM))
}

/** What a signed head says, or null when no key of ours signed it. */
export async function readSignedHead(
  jws: string,
  keys: readonly JWK[] = ledgerPublicKeys().keys,
): Promise<Record<string, unknown> | null> {
  for (const key of keys) {
    try {
      const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, ALGORITHM), {
        algorithms: [ALGORITHM],
      })
      const said: unknown = JSON.parse(new TextDecoder().decode(payload))
      if (protectedHeader.typ === TYPE && typeof said === 'object' && said !== null) return { ...said }
    } catch {
      // Signed by another key, or by none.
    }
  }
  return null
}

/**
 * Whether a head names a key that is not known here: then nobody can say who signed it. (A head that names a known key, or
 * none, is read by {@link readSignedHead}.)
 */
export function isHeadOfUnknownKey(jws: string): boolean {
  try {
    const { kid } = decodeProtectedHeader(jws)
    return kid !== undefined && !ledgerPublicKeys().keys.some((key) => key.kid === kid)
  } catch {
    return false
  }
}

/**
 * The public halves of the signing key and of those before it, the present one first, as a JSON Web Key Set: what anybody
 * checks a signed head with, also one that was signed before the key was replaced.
 */
export function ledgerPublicKeys(): JSONWebKeySet {
  const { LEDGER_SIGNING_KEY: present, LEDGER_FORMER_KEYS: former } = env()
  return { keys: [present, ...former].map(toPublished) }
}

/** Where anybody finds the public keys. */
export function ledgerKeysUrl(): string {
  return new URL('/api/ledger/keys', env().APP_URL).href
}

function toPublished({ kty, crv, x, kid }: PublicKey): JWK {
  return { kty, crv, x, kid, use: 'sig', alg: ALGORITHM }
}
