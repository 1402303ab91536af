/**
 * The address a request came from, to count attempts by. The last entry of X-Forwarded-For is the one that our own proxy
 * (or Next.js itself) has seen; the ones before it are whatever the sender wrote.
 */
export function clientAddress(headers: Headers): string {
  return headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() || 'unknown'
}
