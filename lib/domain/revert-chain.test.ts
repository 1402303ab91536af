import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followReverts, nameOfEvent, type RevertEvent, rememberedEvents, takenBackBy, writtenAt } from './revert-chain'

const LANDED_AT = new Date('2026-03-01T00:00:00Z')
const TARGET = { number: 12, commitSha: 'a'.repeat(40), landedAt: LANDED_AT }
const later = (days: number) => new Date(LANDED_AT.getTime() + days * 86_400_000)
const event = (over: Partial<RevertEvent>): RevertEvent => ({
  number: null,
  commitSha: null,
  at: later(1),
  numbers: [],
  commits: [],
  ...over,
})
const verdict = (...events: RevertEvent[]) => {
  const { revertedBy, broughtBackBy } = followReverts(TARGET, events)
  return [revertedBy && nameOfEvent(revertedBy), broughtBackBy && nameOfEvent(broughtBackBy)]
}
const revert = event({ number: 15, numbers: [12] })
const revertOfRevert = event({ number: 18, numbers: [15], at: later(2) })

describe('followReverts', () => {
  it('leaves alone what nothing names', () => {
    expect(verdict(event({ number: 15, numbers: [13] }), event({ commitSha: 'b'.repeat(40) }))).toEqual([null, null])
  })

  it.each([
    ['by pull request', [revert], ['#15', null]],
    ['by commit, abbreviated', [event({ commitSha: 'b'.repeat(40), commits: ['AAAAAAA'] })], ['b'.repeat(40), null]],
    ['not by what came before the landing', [event({ number: 9, numbers: [12], at: later(-1) })], [null, null]],
    ['the revert of a revert brings it back', [revert, revertOfRevert], ['#15', '#18']],
    [
      'and the revert of that takes it out again',
      [revert, revertOfRevert, event({ number: 20, numbers: [18], at: later(3) })],
      ['#20', null],
    ],
    [
      'by commits too',
      [
        event({ commitSha: 'b'.repeat(40), commits: ['a'.repeat(10)] }),
        event({ commitSha: 'c'.repeat(40), commits: ['b'.repeat(40)], at: later(2) }),
      ],
      ['b'.repeat(40), 'c'.repeat(40)],
    ],
    [
      'a pull request and the commit in it are one act',
      [
        event({ commitSha: 'd'.repeat(40), commits: ['a'.repeat(40)], at: later(0.5) }),
        revert,
        event({ commitSha: 'e'.repeat(40), commits: ['d'.repeat(40)], at: later(1.5) }),
        revertOfRevert,
      ],
      ['d'.repeat(40), 'e'.repeat(40)],
    ],
    [
      'taken out a second time after it was brought back',
      [revert, revertOfRevert, event({ number: 21, numbers: [12], at: later(4) })],
      ['#21', null],
    ],
    [
      'a revert of the revert with a clock that is behind',
      [revert, event({ number: 18, numbers: [15], at: later(0.5) })],
      ['#15', '#18'],
    ],
    ['the change itself is no revert of itself', [event({ number: 12, numbers: [12] })], [null, null]],
  ] as const)('%s', (_name, events, expected) => {
    expect(verdict(...events)).toEqual(expected)
    expect(verdict(...events.toReversed())).toEqual(expected)
    expect(verdict(...events, ...events)).toEqual(expected)
  })

  it('a chain of reverts takes it back if and only if there is an odd number of them, in whatever order they are told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        (length, byCommit, keys) => {
          const sha = (at: number) => (at + 1).toString(16).padStart(40, '0')
          const chain = Array.from({ length }, (_, at) =>
            event({
              at: later(at + 1),
              ...(byCommit
                ? { commitSha: sha(at), commits: [at === 0 ? TARGET.commitSha : sha(at - 1)] }
                : { number: 100 + at, numbers: [at === 0 ? 12 : 99 + at] }),
            }),
          )
          const told = chain.map((one) => ({ one, key: keys.next().value ?? 0 })).sort((a, b) => a.key - b.key)
          const { revertedBy, broughtBackBy } = followReverts(
            TARGET,
            told.map(({ one }) => one),
          )
          expect(revertedBy !== null && broughtBackBy === null).toBe(length % 2 === 1)
        },
      ),
    )
  })
})

describe('rememberedEvents', () => {
  const proof = [
    { fact: 'merged_at', value: 'x' },
    { fact: 'reverted_by', value: '#15' },
  ]
  const lifted = [...proof, { fact: 'brought_back_by', value: 'c'.repeat(40) }]
  const known = { number: 12, landedAt: LANDED_AT }

  it('keeps a landing taken back, also where the platform lists the revert with its true time', () => {
    expect(verdict(...rememberedEvents({ ...known, proof }))).toEqual(['#15', null])
    expect(verdict(...rememberedEvents({ ...known, proof }), revert)).toEqual(['#15', null])
    expect(verdict(...rememberedEvents({ ...known, proof }), revert, revertOfRevert)).toEqual(['#15', '#18'])
  })

  it('keeps it brought back, although the revert is still listed and what lifted it is not', () => {
    expect(verdict(...rememberedEvents({ ...known, proof: lifted }), revert)).toEqual(['#15', 'c'.repeat(40)])
    const again = event({ number: 30, numbers: [12], at: later(9) })
    expect(verdict(...rememberedEvents({ ...known, proof: lifted }), revert, again)).toEqual(['#30', null])
  })

  it('says nothing of a later landing, nor where nothing is known', () => {
    const relanded = { ...TARGET, landedAt: later(5) }
    expect(followReverts(relanded, rememberedEvents({ ...known, proof })).revertedBy).toBeNull()
    expect(rememberedEvents({ ...known, proof: [] })).toEqual([])
    expect(rememberedEvents({ ...known, landedAt: null, proof })).toEqual([])
  })
})

describe('writtenAt', () => {
  it('names a pull request as its platform does, and leaves everything else as it is', () => {
    expect(writtenAt('github', '#15')).toBe('#15')
    expect(writtenAt('gitee', '#15')).toBe('!15')
    expect(writtenAt('gitcode', nameOfEvent({ number: 15, commitSha: null }))).toBe('!15')
    expect(takenBackBy({ platform: 'gitee', proof: [{ fact: 'reverted_by', value: '#15' }] })).toBe('!15')
    expect(takenBackBy({ platform: 'gitee', proof: [] })).toBeNull()
    for (const other of ['c'.repeat(40), '#15 and more', 'Merged #15', ''])
      expect(writtenAt('gitee', other)).toBe(other)
  })
})
