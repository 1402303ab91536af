import { canonicalHash } from '@/lib/domain/canonical-json'

/** Short proof of what somebody looked at when they said yes; sent with the form, compared when it comes back. */
export function fingerprintOf(values: Readonly<Record<string, string | null>>): string {
  return canonicalHash(values).slice(0, 16)
}
