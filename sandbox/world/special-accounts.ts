import type { Account, Platform, Repository } from './types'

/** Accounts that platforms' own rules name; the ids of well-known bots are theirs. */
export const GITHUB_BOTS = {
  pytorchMerge: { id: 97764156, login: 'pytorchmergebot', kind: 'User' },
  facebook: { id: 6422482, login: 'facebook-github-bot', kind: 'User' },
  copybara: { id: 56741989, login: 'copybara-service[bot]', kind: 'Bot' },
  bors: { id: 26634292, login: 'bors[bot]', kind: 'Bot' },
  dependabot: { id: 49699333, login: 'dependabot[bot]', kind: 'Bot' },
  actions: { id: 41898282, login: 'github-actions[bot]', kind: 'Bot' },
  copilot: { id: 198982749, login: 'Copilot', kind: 'Bot' },
  kubernetes: { id: 20407524, login: 'k8s-ci-robot', kind: 'User' },
} as const

export const GITEE_BOTS = {
  mindspore: { id: 5518576, login: 'mindspore_ci', kind: 'User' },
  openeuler: { id: 5329419, login: 'openeuler-ci-bot', kind: 'User' },
  ascend: { id: 9270001, login: 'ascend-robot', kind: 'User' },
  robot: { id: 8357001, login: 'i-robot', kind: 'User' },
} as const

export const GITCODE_BOTS = {
  ascend: { id: 5090001, login: 'ascend-robot', kind: 'User' },
  openeuler: { id: 5090002, login: 'openeuler-ci-bot', kind: 'User' },
  mindspore: { id: 5090003, login: 'mindspore-bot', kind: 'User' },
} as const

/** Who merges in repositories where people only comment; null where people press the button themselves. */
export function robotOf({
  platform,
  owner,
}: Pick<Repository, 'platform' | 'owner'>): { id: number; login: string } | null {
  const key = owner.toLowerCase()
  if (platform === 'gitee') return key === 'ascend' || key === 'openeuler' ? GITEE_BOTS[key] : GITEE_BOTS.robot
  if (platform === 'gitcode')
    return key === 'ascend' || key === 'openeuler' ? GITCODE_BOTS[key] : GITCODE_BOTS.mindspore
  return null
}

/** What REST shows in the place of some deleted accounts. */
export const GHOST: Account = accountOf('github', { id: 10137, login: 'ghost', kind: 'User', name: 'Deleted user' })

export function accountOf(
  platform: Platform,
  facts: Pick<Account, 'id' | 'login' | 'kind'> & Partial<Account>,
): Account {
  return {
    platform,
    formerLogins: [],
    name: null,
    email: `${facts.login.replace(/[^\w.-]/g, '')}@mail.example.org`,
    isPrivate: false,
    deletedAs: null,
    createdAt: new Date(Date.UTC(2015 + (facts.id % 9), facts.id % 12, 1 + (facts.id % 28))),
    ...facts,
  }
}

export function specialAccounts(): readonly Account[] {
  return [
    ...Object.values(GITHUB_BOTS).map((facts) => accountOf('github', facts)),
    ...Object.values(GITEE_BOTS).map((facts) => accountOf('gitee', facts)),
    ...Object.values(GITCODE_BOTS).map((facts) => accountOf('gitcode', facts)),
  ]
}
