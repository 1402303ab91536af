import type { Account, Repository } from '../world/types'

/** Addresses of GitHub in the sandbox: what is github.com and api.github.com outside. */
export class Urls {
  readonly web: string
  readonly api: string

  constructor(origin: string) {
    this.web = `${origin}/github`
    this.api = `${origin}/github/api`
  }

  user({ login }: Account): string {
    return `${this.web}/${login}`
  }

  repository({ owner, name }: Repository): string {
    return `${this.web}/${owner}/${name}`
  }

  pull(repository: Repository, number: number): string {
    return `${this.repository(repository)}/pull/${number}`
  }

  commit(repository: Repository, sha: string): string {
    return `${this.repository(repository)}/commit/${sha}`
  }

  apiUser({ login }: Account): string {
    return `${this.api}/users/${encodeURIComponent(login)}`
  }

  apiRepository({ owner, name }: Repository): string {
    return `${this.api}/repos/${owner}/${name}`
  }

  /** The world's texts name GitHub's public addresses; readers find them here instead. */
  text(text: string): string {
    return text.replaceAll('https://github.com/', `${this.web}/`)
  }
}

/** GitHub tells time in whole seconds, UTC. */
export function time(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
