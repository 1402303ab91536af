/** The name under which all are counted whose address nobody we trust has seen. */
export const UNKNOWN_ADDRESS = 'unknown'

/**
 * The address a request came from, to count attempts by. Each proxy adds the address that it saw to the right end of
 * X-Forwarded-For; whatever stands further left was written by the sender. So the entry counts that the outermost of our
 * own proxies added. Without a proxy the whole header is the sender's word and is ignored: Next.js gives the address of
 * the connection nowhere else.
 * @param trustedProxies how many proxies of ours a request comes through
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  if (trustedProxies < 1) return UNKNOWN_ADDRESS
  const seen = headers.get('x-forwarded-for')?.split(',') ?? []
  return seen.at(-trustedProxies)?.trim() || UNKNOWN_ADDRESS
}
