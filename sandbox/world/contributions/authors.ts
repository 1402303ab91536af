import { hash32 } from '../random'
import { accountOf } from '../special-accounts'
import { type Account, PLATFORMS, type Platform } from '../types'
import type { ContributionRow } from './rows'

type Seen = { login: string; firstAt: number; lastAt: number }

/** Ids given to authors whose own id is not known; far above the platforms' present ones. */
const INVENTED_ID = {
  github: 1_500_000_000,
  gitee: 60_000_000,
  gitcode: 60_000_000,
  huggingface: 60_000_000,
} as const
const INVENTED_RANGE = 400_000_000

/**
 * Who wrote what: an author without an id takes the id its login has in other rows, else one of its own,
 * stable by name. One id under two logins is a rename; the later login is today's.
 */
export class Authors {
  readonly #idByLogin = new Map<string, number>()
  readonly #seenById = new Map<string, Map<string, Seen>>()
  readonly #taken = new Set<string>()

  constructor(rows: readonly ContributionRow[], taken: readonly Account[]) {
    for (const { platform, id } of taken) this.#taken.add(`${platform}/${id}`)
    for (const row of rows) {
      if (row.author_id === null) continue
      this.#taken.add(`${row.platform}/${row.author_id}`)
      this.#idByLogin.set(loginKey(row.platform, row.author), row.author_id)
    }
    for (const row of rows) {
      const at = Date.parse(row.merged_at)
      this.#see(row.platform, row.author_id ?? this.idOf(row.platform, row.author), { login: row.author, at })
      for (const login of [...row.co_authors, ...(row.reviewers ?? [])]) {
        this.#see(row.platform, this.idOf(row.platform, login), { login, at: 0 })
      }
    }
  }

  /** The id behind a login; one is given when nobody knows it. */
  idOf(platform: Platform, login: string): number {
    const key = loginKey(platform, login)
    const known = this.#idByLogin.get(key)
    if (known !== undefined) return known
    let id = INVENTED_ID[platform] + (hash32(key) % INVENTED_RANGE)
    while (this.#taken.has(`${platform}/${id}`)) id += 1
    this.#taken.add(`${platform}/${id}`)
    this.#idByLogin.set(key, id)
    return id
  }

  /** Gives a login an account also where no row names it, e.g. the author of a mirror on the other platform. */
  mention(platform: Platform, login: string): number {
    const id = this.idOf(platform, login)
    this.#see(platform, id, { login, at: 0 })
    return id
  }

  accounts(): readonly Account[] {
    return [...this.#seenById].map(([key, logins]) => {
      const [on, id] = key.split('/')
      const platform = PLATFORMS.find((one) => one === on) ?? 'github'
      const byTime = [...logins.values()].sort((a, b) => b.lastAt - a.lastAt || b.firstAt - a.firstAt)
      const login = byTime[0]?.login ?? 'unknown'
      const formerLogins = byTime.slice(1).map((seen) => seen.login)
      const kind = /\[bot\]$/.test(login) ? 'Bot' : 'User'
      const facts = { id: Number(id), login, kind, formerLogins } as const
      return accountOf(platform, facts)
    })
  }

  #see(platform: Platform, id: number, { login, at }: { login: string; at: number }): void {
    const key = `${platform}/${id}`
    const logins = this.#seenById.get(key) ?? new Map<string, Seen>()
    this.#seenById.set(key, logins)
    const folded = login.toLowerCase()
    const seen = logins.get(folded)
    if (!seen) logins.set(folded, { login, firstAt: at, lastAt: at })
    else {
      seen.lastAt = Math.max(seen.lastAt, at)
      seen.firstAt = Math.min(seen.firstAt, at)
    }
  }
}

function loginKey(platform: Platform, login: string): string {
  return `${platform}/${login.toLowerCase()}`
}
