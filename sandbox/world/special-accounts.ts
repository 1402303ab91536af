import type { Account, Platform } from './types'

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
  ]
}
