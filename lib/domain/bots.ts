import type { AuthorType } from './contribution'

/** Machines whose accounts look like people's (public names; FIELD.md §3 and PLATFORMS.md A5). */
const BOT_LOGINS = new Set([
  'ascend-robot',
  'cann-robot',
  'codecov-io',
  'copilot',
  'copybara-service',
  'dependabot-preview',
  'facebook-github-bot',
  'google-cla',
  'i-robot',
  'k8s-ci-robot',
  'mergify',
  'mindspore_ci',
  'mindspore-bot',
  'openeuler-ci-bot',
  'opengauss-bot',
  'paddle-bot',
  'paddlepaddle-bot',
  'paddlepaddle-gardener',
  'pre-commit-ci',
  'pytorchbot',
  'pytorchmergebot',
  'pytorchupdatebot',
  'renovate-bot',
  'tensorflow-jenkins',
  'tensorflower-gardener',
])

/** GitHub's Copilot writes pull requests under a login without suffix. */
const GITHUB_COPILOT_ID = '198982749'

/** Whether an account is a machine: by type, by the `[bot]` suffix, or by the list of bots that look like people. */
export function isBotAccount(account: {
  login: string | null
  platformUserId: string | null
  authorType: AuthorType | null
}): boolean {
  const login = account.login?.toLowerCase() ?? ''
  return (
    account.authorType === 'bot' ||
    account.platformUserId === GITHUB_COPILOT_ID ||
    login.endsWith('[bot]') ||
    BOT_LOGINS.has(login)
  )
}
