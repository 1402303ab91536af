import { demoPeople } from '../demo-people'
import { lastPart } from '../full-names'
import { Random } from '../random'
import { accountOf, specialAccounts } from '../special-accounts'
import type { Account, Platform } from '../types'
import { SMALL_REPOSITORIES } from './repositories'

const CROWD_SIZES = { github: 57, gitee: 18, gitcode: 9, huggingface: 12 } as const
const CROWD_IDS = {
  github: { first: 30_100_000, step: 7919 },
  gitee: { first: 4_300_000, step: 613 },
  gitcode: { first: 5_000_100, step: 331 },
  huggingface: { first: 7_000_100, step: 409 },
} as const
const GIVEN = [
  'aki',
  'bela',
  'chidi',
  'dara',
  'emre',
  'farah',
  'goran',
  'hana',
  'ilya',
  'jonas',
  'keiko',
  'lena',
  'mateo',
  'nadia',
  'oskar',
  'priya',
  'quinn',
  'rosa',
  'sven',
  'tomas',
] as const
const FAMILY = [
  'arden',
  'brook',
  'castell',
  'dunmore',
  'ellery',
  'fenwick',
  'garrow',
  'holt',
  'ives',
  'juniper',
] as const

/** Accounts that the traps need, beside the demo people's own. */
export const TRAP_ACCOUNTS = {
  strangerWithOldLogin: accountOf('github', { id: 99120001, login: 'yihansun', kind: 'User', name: 'Y. Sunderland' }),
  deletedNull: accountOf('github', { id: 68210002, login: 'vanished-coder', kind: 'User', deletedAs: 'null' }),
  deletedAtHub: accountOf('huggingface', { id: 7099001, login: 'left-the-hub', kind: 'User', deletedAs: 'null' }),
  deletedGhost: accountOf('github', { id: 68210003, login: 'gone-fishing', kind: 'User', deletedAs: 'ghost' }),
} as const

/** Former logins of demo people; the one of sun-yihan is a stranger's today. */
const FORMER_LOGINS: Readonly<Record<string, readonly string[]>> = { 'yihan-sun-ai': ['yihansun'] }
const PRIVATE_LOGINS: readonly string[] = ['zimo-codes']

export function smallAccounts(): {
  accounts: readonly Account[]
  crowd: Readonly<Record<Platform, readonly Account[]>>
} {
  const crowd = {
    github: crowdOf('github'),
    gitee: crowdOf('gitee'),
    gitcode: crowdOf('gitcode'),
    huggingface: crowdOf('huggingface'),
  }
  const accounts = [
    ...demoAccounts(),
    ...crowd.github,
    ...crowd.gitee,
    ...crowd.gitcode,
    ...crowd.huggingface,
    ...Object.values(TRAP_ACCOUNTS),
    ...specialAccounts(),
    ...ownerAccounts(),
  ]
  return { accounts, crowd }
}

/** The demo people's accounts, in every kind of world. */
export function demoAccounts(): readonly Account[] {
  const accounts: Account[] = []
  for (const { englishName, name, github, gitee, gitcode, huggingface } of demoPeople) {
    if (github) {
      const formerLogins = FORMER_LOGINS[github.login] ?? []
      const isPrivate = PRIVATE_LOGINS.includes(github.login)
      accounts.push(accountOf('github', { ...github, kind: 'User', name: englishName, formerLogins, isPrivate }))
    }
    if (gitee) accounts.push(accountOf('gitee', { ...gitee, kind: 'User', name }))
    if (gitcode) accounts.push(accountOf('gitcode', { ...gitcode, kind: 'User', name }))
    if (huggingface) accounts.push(accountOf('huggingface', { ...huggingface, kind: 'User', name: englishName }))
  }
  return accounts
}

function crowdOf(platform: Platform): readonly Account[] {
  const random = new Random(`crowd/${platform}`)
  const size = CROWD_SIZES[platform]
  return Array.from({ length: size }, (_, index) => {
    const given = GIVEN[index % GIVEN.length] ?? 'aki'
    const family = FAMILY[Math.floor(index / GIVEN.length) * 3 + (index % 3)] ?? 'arden'
    const id = CROWD_IDS[platform].first + index * CROWD_IDS[platform].step
    const login = platform === 'github' || platform === 'huggingface' ? `${given}-${family}` : `${given}_${family}`
    const name = random.chance(0.8) ? `${capital(given)} ${capital(family)}` : null
    const email = random.chance(0.4) ? `${id}+${login}@users.noreply.github.com` : `${given}.${family}@mail.example.org`
    return accountOf(platform, { id, login, kind: 'User', name, email })
  })
}

function ownerAccounts(): readonly Account[] {
  const personal = new Set(demoAccounts().map((account) => account.login))
  const owners = new Map<string, Account>()
  for (const { platform, owner, ownerId } of SMALL_REPOSITORIES) {
    const login = lastPart(owner)
    if (personal.has(login)) continue
    owners.set(`${platform}/${login}`, accountOf(platform, { id: ownerId, login, kind: 'Organization', name: login }))
  }
  return [...owners.values()]
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
