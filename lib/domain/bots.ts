import type { AuthorType } from './contribution'

/** Whether an account is a machine: by type, by the `[bot]` suffix, or by the list of bots that look like people. */
export function isBotAccount(_account: {
  login: string | null
  platformUserId: string | null
  authorType: AuthorType
}): boolean {
  throw new Error('not yet')
}
