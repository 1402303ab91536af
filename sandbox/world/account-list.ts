import type { AccountSource } from './source'
import type { Account, Platform } from './types'

/** Accounts that are held whole, with look-ups by id and by today's login. */
export class AccountList implements AccountSource {
  readonly #byId = new Map<string, Account>()
  readonly #byLogin = new Map<string, Account>()

  constructor(accounts: Iterable<Account>) {
    for (const account of accounts) {
      this.#byId.set(`${account.platform}/${account.id}`, account)
      this.#byLogin.set(`${account.platform}/${account.login.toLowerCase()}`, account)
    }
  }

  find(platform: Platform, id: number): Account | null {
    return this.#byId.get(`${platform}/${id}`) ?? null
  }

  findByLogin(platform: Platform, login: string): Account | null {
    return this.#byLogin.get(`${platform}/${login.toLowerCase()}`) ?? null
  }

  *list(platform: Platform, search: string): Iterable<Account> {
    for (const account of this.#byId.values()) {
      if (account.platform === platform && accountMatches(account, search)) yield account
    }
  }
}

export function accountMatches(account: Account, search: string): boolean {
  if (search === '') return true
  return account.login.toLowerCase().includes(search) || (account.name ?? '').toLowerCase().includes(search)
}
