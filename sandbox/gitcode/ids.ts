import { shownAccountId } from '../world/shown-ids'

/** A person's id as GitCode writes it. */
export function shownId(accountId: number): string {
  return shownAccountId('gitcode', accountId)
}

/** The number that stands in the place of an id in comments: counted apart, it names nobody. */
export function innerNumber(accountId: number): number {
  return 700 + (accountId % 9000)
}
