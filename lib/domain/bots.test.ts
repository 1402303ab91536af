import { expect, it } from 'vitest'
import { isBotAccount } from './bots'

it.each([
  [{ login: 'dependabot[bot]', platformUserId: '1', authorType: 'user' as const }, true],
  [{ login: 'x', platformUserId: '1', authorType: 'bot' as const }, true],
  [{ login: 'Copilot', platformUserId: '198982749', authorType: 'user' as const }, true],
  [{ login: 'PaddlePaddle-bot', platformUserId: '2', authorType: 'user' as const }, true],
  [{ login: 'robot-lover', platformUserId: '3', authorType: 'user' as const }, false],
  [{ login: 'abbot', platformUserId: '4', authorType: 'user' as const }, false],
  [{ login: null, platformUserId: null, authorType: 'ghost' as const }, false],
])('%j → %s', (account, bot) => {
  expect(isBotAccount(account)).toBe(bot)
})
