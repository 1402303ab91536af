import { createHash } from 'node:crypto'
import { shownAccountId } from '../world/shown-ids'

/** A person's or an organisation's id as the Hub writes it. */
export function shownId(accountId: number): string {
  return shownAccountId('huggingface', accountId)
}

/** An id of something inside: an event, a commit's record. */
export function innerId(...parts: readonly (string | number)[]): string {
  return createHash('sha1').update(parts.join('/')).digest('hex').slice(0, 24)
}
