import { accountMatches } from '../account-list'
import type { AccountSource } from '../source'
import { accountOf } from '../special-accounts'
import type { Account, Platform } from '../types'

const GIVEN = [
  'ada',
  'bo',
  'cyrus',
  'dina',
  'elif',
  'finn',
  'gita',
  'hugo',
  'iris',
  'jun',
  'kofi',
  'lin',
  'mira',
  'nils',
  'omar',
  'pia',
] as const
const FAMILY = [
  'ashby',
  'birk',
  'calder',
  'drake',
  'elm',
  'frost',
  'glen',
  'heath',
  'isley',
  'jarvis',
  'kemp',
  'lowe',
  'marsh',
  'noor',
  'oakes',
  'pike',
] as const
export const FIRST_BULK_ACCOUNT = {
  github: 200_000_000,
  gitee: 20_000_000,
  gitcode: 25_000_000,
  huggingface: 35_000_000,
} as const

/** People beyond the small world: made from their index when asked for. */
export class BulkPeople implements AccountSource {
  readonly #count: number

  constructor(count: number) {
    this.#count = count
  }

  find(platform: Platform, id: number): Account | null {
    const index = id - FIRST_BULK_ACCOUNT[platform]
    return index >= 0 && index < this.#count ? bulkAccount(platform, index) : null
  }

  findByLogin(platform: Platform, login: string): Account | null {
    const index = Number(/(\d+)$/.exec(login)?.[1] ?? Number.NaN)
    if (!(index < this.#count)) return null
    const account = bulkAccount(platform, index)
    return account.login === login.toLowerCase() ? account : null
  }

  *list(platform: Platform, search: string): Iterable<Account> {
    for (let index = 0; index < this.#count; index += 1) {
      const account = bulkAccount(platform, index)
      if (accountMatches(account, search)) yield account
    }
  }
}

function bulkAccount(platform: Platform, index: number): Account {
  const given = GIVEN[index % GIVEN.length] ?? 'ada'
  const family = FAMILY[Math.floor(index / GIVEN.length) % FAMILY.length] ?? 'ashby'
  const joint = platform === 'github' ? '-' : '_'
  const login = `${given}${joint}${family}${joint}${index}`
  return accountOf(platform, {
    id: FIRST_BULK_ACCOUNT[platform] + index,
    login,
    kind: 'User',
    name: `${given} ${family}`,
  })
}
