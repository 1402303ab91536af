import { describe, expect, it } from 'vitest'
import { COMMIT_TRAILER_OF_META, type LandingRules, MERGED } from './landing-rule'
import { findNamedPullRequest } from './named-pull-request'

const OF_PYTORCH: LandingRules = [
  {
    rule: 'label_closed_by',
    label: 'Merged',
    revertedLabel: 'Reverted',
    closedBy: [{ login: 'pytorchmergebot', platformUserId: '97764156' }],
  },
]
const at = (url: string) =>
  `Fix a kernel (#1)\n\nIt failed.\n\nPull Request resolved: ${url}\nApproved by: https://github.com/x`
const named = (message: string, rules: LandingRules = OF_PYTORCH) =>
  findNamedPullRequest(message, 'pytorch/pytorch', rules)

describe('the pull request that a landed commit names', () => {
  it('is the one of the line that the landing rules look for', () => {
    expect(named(at('https://github.com/pytorch/pytorch/pull/151344'))).toBe(151344)
    expect(named(at('https://github.com/pytorch/pytorch/pull/12'), [COMMIT_TRAILER_OF_META])).toBe(12)
    const spark: LandingRules = [{ rule: 'closed_by_commit', line: 'Closes #{number} from' }]
    expect(named('[SPARK-1] Fix\n\nCloses #50122 from x/y.', spark)).toBe(50122)
  })

  it('is none of another repository, of other rules, or where a message names two', () => {
    expect(named(at('https://github.com/pytorch/executorch/pull/12'))).toBeNull()
    expect(named(at('https://github.com/pytorch/pytorch/pull/12'), MERGED)).toBeNull()
    expect(named('See https://github.com/pytorch/pytorch/pull/12')).toBeNull()
    const url = (number: number) => `https://github.com/pytorch/pytorch/pull/${number}`
    expect(named(`${at(url(12))}\nPull Request resolved: ${url(13)}`)).toBeNull()
  })
})
