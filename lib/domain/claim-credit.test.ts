import { expect, test } from 'vitest'
import { type ClaimCredit, type CreditAnswer, standingOf } from './claim-credit'

const answer = (kind: CreditAnswer['kind']): CreditAnswer => ({
  ...{ sequence: 2, kind, creditHundredths: -10, reason: '重复计算' },
  issuedAt: new Date('2026-11-10T04:00:00Z'),
})
const credit = (...answers: CreditAnswer[]): ClaimCredit => ({
  ...{ sequence: 1, awardHundredths: 50, netHundredths: 40 },
  answers,
})

test('a claim stands as it was decided until the ledger says something else', () => {
  expect(standingOf('in_review', null)).toBe('in_review')
  expect(standingOf('approved', credit())).toBe('approved')
  expect(standingOf('approved', credit(answer('correction')))).toBe('corrected')
  expect(standingOf('approved', credit(answer('correction'), answer('revocation')))).toBe('revoked')
})
