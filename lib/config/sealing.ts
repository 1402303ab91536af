import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { env } from '@/lib/config/env'
import type { SealingKey } from '@/lib/config/env-shapes'

const VERSION = 'v1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A sealed text that cannot be opened: another context, a key that left the ring, or a changed text. */
export class SealError extends Error {
  override readonly name = 'SealError'
}

/**
 * Seals a secret for storage (AES-256-GCM) as `v1.KEY_ID.BASE64URL`. The first key of the ring seals.
 * @param context what the secret is and whose, e.g. `oidc:<universityId>`: sealed text moved elsewhere does not open
 */
export function seal(plain: string, context: string, ring: readonly SealingKey[] = env().SEALING_KEYS): string {
  const first = ring[0]
  if (first === undefined) throw new SealError('the ring has no key')
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', first.key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(first.id, context))
  const body = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${VERSION}.${first.id}.${body.toString('base64url')}`
}

/**
 * Opens what {@link seal} sealed under the same context, with whichever key of the ring sealed it.
 * @throws SealError when it cannot be opened; the message never holds any of the text
 */
export function open(sealed: string, context: string, ring: readonly SealingKey[] = env().SEALING_KEYS): string {
  const [version, keyId = '', encoded = '', ...rest] = sealed.split('.')
  const body = Buffer.from(encoded, 'base64url')
  if (version !== VERSION || rest.length > 0 || body.length < NONCE_BYTES + TAG_BYTES) {
    throw new SealError('not a sealed text')
  }
  const key = ring.find(({ id }) => id === keyId)
  if (key === undefined) throw new SealError('sealed with a key that the ring does not have')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, body.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(associatedData(key.id, context))
    decipher.setAuthTag(body.subarray(-TAG_BYTES))
    return decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new SealError('does not open: another context, or changed')
  }
}

/** The name of the key that seals now. */
export function presentKeyId(ring: readonly SealingKey[] = env().SEALING_KEYS): string {
  return ring[0]?.id ?? ''
}

/** Whether a sealed text should be sealed anew, since another key seals by now. */
export function isSealedWithOldKey(sealed: string, ring: readonly SealingKey[] = env().SEALING_KEYS): boolean {
  return sealed.split('.')[1] !== ring[0]?.id
}

function associatedData(keyId: string, context: string): Buffer {
  return Buffer.from(`${VERSION}\n${keyId}\n${context}`, 'utf8')
}
