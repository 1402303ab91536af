import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Agreement,
  agreedPercent,
  DAYS_TO_ANSWER,
  nextAgreement,
  type Participant,
  type ShareStep,
} from './contribution-shares'

const who = (id: string, linked = true): Participant => ({ platformUserId: id, login: `login-${id}`, linked })
const NOW = new Date('2026-11-10T04:00:00.000Z')
const TWO = [who('1'), who('2')]
const THREE = [who('1'), who('2'), who('3', false)]

function standing(steps: readonly ShareStep[], participants: readonly Participant[] = TWO): Agreement | string {
  let agreement: Agreement | null = null
  for (const step of steps) {
    const next = nextAgreement(agreement, step, { participants, now: NOW })
    if (!next.ok) return next.code
    agreement = next.agreement
  }
  return agreement ?? 'nothing'
}

const propose = (by: string, version: number, percents: Record<string, number>): ShareStep => ({
  kind: 'propose',
  by: [by],
  version,
  percents,
})
const confirm = (by: string, version: number): ShareStep => ({ kind: 'confirm', by: [by], version })
const refuse = (by: string, version: number): ShareStep => ({ kind: 'refuse', by: [by], version })

describe('nextAgreement', () => {
  it('is locked once everybody who is linked said yes, and stays', () => {
    const locked = standing([propose('1', 0, { 1: 60, 2: 40 }), confirm('2', 1)])
    expect(locked).toMatchObject({ state: 'locked', version: 2 })
    for (const step of [propose('2', 2, { 1: 1, 2: 99 }), confirm('1', 2), refuse('1', 2)]) {
      expect(nextAgreement(locked as Agreement, step, { participants: TWO, now: NOW })).toEqual({
        ok: false,
        code: 'shares_locked',
      })
    }
  })

  it('a new proposal asks everybody anew; a refusal ends it', () => {
    expect(standing([propose('1', 0, { 1: 60, 2: 40 }), propose('2', 1, { 1: 50, 2: 50 })])).toMatchObject({
      state: 'proposed',
      shares: [
        { platformUserId: '1', percent: 50, confirmed: false },
        { platformUserId: '2', percent: 50, confirmed: true },
      ],
    })
    const refused = [propose('1', 0, { 1: 60, 2: 40 }), refuse('2', 1)]
    expect(standing(refused)).toMatchObject({ state: 'refused', version: 2 })
    expect(standing([...refused, confirm('2', 2)])).toBe('shares_nothing_proposed')
    expect(standing([...refused, propose('1', 2, { 1: 50, 2: 50 }), confirm('2', 3)])).toMatchObject({
      state: 'locked',
    })
  })

  it('of two who act on one version, one is told that it moved', () => {
    expect(standing([propose('1', 0, { 1: 60, 2: 40 }), propose('2', 0, { 1: 40, 2: 60 })])).toBe('shares_changed')
    expect(standing([propose('1', 0, { 1: 60, 2: 40 }), propose('1', 1, { 1: 90, 2: 10 }), confirm('2', 1)])).toBe(
      'shares_changed',
    )
  })

  it('whoever is not linked keeps an equal part at least, and is not waited for', () => {
    expect(standing([propose('1', 0, { 1: 60, 2: 20, 3: 20 })], THREE)).toBe('shares_absent_short')
    const locked = standing([propose('1', 0, { 1: 40, 2: 27, 3: 33 }), confirm('2', 1)], THREE)
    expect(locked).toMatchObject({ state: 'locked' })
    expect(agreedPercent(locked as Agreement, ['3'])).toBe(33)
    expect(agreedPercent(locked as Agreement, ['4'])).toBeNull()
    expect(standing([propose('3', 0, { 1: 40, 2: 27, 3: 33 })], THREE)).toBe('shares_not_yours')
    expect(standing([propose('1', 0, { 1: 50, 2: 50 })], [who('1'), who('2', false)])).toMatchObject({
      state: 'locked',
    })
  })

  it.each([
    [{ 1: 60, 2: 41 }, 'shares_not_hundred'],
    [{ 1: 100 }, 'shares_incomplete'],
    [{ 1: 100, 2: 0 }, 'shares_incomplete'],
    [{ 1: 50.5, 2: 49.5 }, 'shares_incomplete'],
    [{ 1: 50, 2: 25, 9: 25 }, 'shares_incomplete'],
  ])('%j → %s', (percents, code) => {
    expect(standing([propose('1', 0, percents)])).toBe(code)
  })

  it('whoever is silent for thirty days, and keeps an equal part, is not waited for any longer', () => {
    const three = [who('1'), who('2'), who('3')]
    const afterDays = (percents: Record<string, number>, days: number, by = '1') => {
      const proposed = standing([propose('1', 0, percents), confirm('2', 1)], three) as Agreement
      const now = new Date(NOW.getTime() + days * 86_400_000)
      const next = nextAgreement(proposed, confirm(by, 2), { participants: three, now })
      return next.ok ? next.agreement.state : next.code
    }
    const fair = { 1: 40, 2: 27, 3: 33 }
    expect(afterDays(fair, DAYS_TO_ANSWER)).toBe('locked')
    expect(afterDays(fair, DAYS_TO_ANSWER - 1 / 86_400)).toBe('shares_nothing_proposed')
    expect(afterDays({ 1: 40, 2: 28, 3: 32 }, DAYS_TO_ANSWER)).toBe('shares_nothing_proposed')
    expect(afterDays({ 1: 40, 2: 28, 3: 32 }, DAYS_TO_ANSWER, '3')).toBe('locked')
    expect(DAYS_TO_ANSWER).toBe(30)
  })

  it('the accounts of one person say yes together, and of nobody else’s part is there nothing to agree on', () => {
    const percents = { 1: 40, 2: 30, 3: 30 }
    const three = [who('1'), who('2'), who('3')]
    const both = { kind: 'propose', by: ['1', '3'], version: 0, percents } as const
    expect(standing([both], three)).toMatchObject({ state: 'proposed', shares: [{}, { confirmed: false }, {}] })
    expect(standing([both, confirm('2', 1)], three)).toMatchObject({ state: 'locked' })
    const answer = { kind: 'confirm', by: ['1', '3'], version: 1 } as const
    expect(standing([propose('2', 0, percents), answer], three)).toMatchObject({ state: 'locked' })
    expect(standing([{ ...both, by: ['1', '2', '3'] }], three)).toBe('shares_not_joint')
  })

  it('of one person alone there is nothing to agree on, and a stranger has no word', () => {
    expect(standing([propose('1', 0, { 1: 100 })], [who('1')])).toBe('shares_not_joint')
    expect(standing([propose('9', 0, { 1: 50, 2: 50 })])).toBe('shares_not_yours')
  })

  it('whatever is done, the parts are whole, and nothing is locked without a yes of everybody linked to those very parts', () => {
    const by = fc.constantFrom('1', '2', '3', '9').map((id) => [id])
    const percents = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })).map(([a, b]) => ({
      1: a,
      2: b,
      3: 100 - a - b,
    }))
    const act = fc.oneof(
      fc.record({ kind: fc.constant('propose' as const), by, percents }),
      fc.record({ kind: fc.constantFrom('confirm' as const, 'refuse' as const), by }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        let agreement: Agreement | null = null
        let yes = new Set<string>()
        for (const one of acts) {
          const next = nextAgreement(agreement, { ...one, version: agreement?.version ?? 0 } as ShareStep, {
            participants: THREE,
            now: NOW,
          })
          if (!next.ok) continue
          yes =
            one.kind === 'propose' ? new Set(one.by) : one.kind === 'confirm' ? yes.union(new Set(one.by)) : new Set()
          agreement = next.agreement
          expect(agreement.shares.reduce((sum, { percent }) => sum + percent, 0)).toBe(100)
          expect(agreement.state === 'locked').toBe(yes.has('1') && yes.has('2'))
        }
      }),
    )
  })
})
