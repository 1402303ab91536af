import { expect, test } from 'vitest'
import { detailsOf, thingsOf, toThing } from './details-of'

const names = new Map([
  ['term:t1', { zh: '2026 秋', en: 'Autumn 2026' }],
  ['member:m1', { zh: '林悦 0230417001', en: '林悦 0230417001' }],
])
const event = (action: string, data: unknown) => ({ action, subjectKind: 'claim', subjectId: 'c1', data })

test('credit is a figure of its own, ids are things by their names, what says the subject again is left out', () => {
  const data = {
    claimId: 'c1',
    termId: 't1',
    policyVersionId: 'p1',
    creditHundredths: 75,
    bulk: false,
    decisionId: 'd',
  }
  expect(detailsOf(event('claim.approved', data), names)).toEqual([
    { key: 'termId', value: { kind: 'thing', thing: { kind: 'term', id: 't1', name: names.get('term:t1') } } },
    { key: 'policyVersionId', value: { kind: 'thing', thing: { kind: 'policy_version', id: 'p1', name: null } } },
    { key: 'creditHundredths', value: { kind: 'credit', hundredths: 75 } },
    { key: 'bulk', value: { kind: 'yes', yes: false } },
  ])
})

test('codes lead to the words that another area has for them', () => {
  const refused = detailsOf(event('session.refused', { provider: 'oidc-x', code: 'not_a_member' }), names)
  expect(refused[1]).toEqual({
    key: 'why',
    value: { kind: 'word', code: 'not_a_member', message: 'auth.errors.not_a_member' },
  })
  const fields = detailsOf(event('member.changed', { fields: ['name', 'roles'] }), names)
  expect(fields).toEqual([
    {
      key: 'fields',
      value: {
        kind: 'list',
        values: [
          { kind: 'word', code: 'name', message: 'roster.field.name' },
          { kind: 'word', code: 'roles', message: 'roster.field.roles' },
        ],
      },
    },
  ])
})

test('a change has two sides, of which one may be nothing', () => {
  const changed = {
    status: { from: null, to: 'included' },
    startsAt: { from: '2026-08-31T16:00:00.000Z', to: '' },
  }
  expect(detailsOf(event('catalog.overridden', { platform: 'gitee', changed }), names)).toEqual([
    { key: 'platform', value: { kind: 'text', text: 'Gitee' } },
    {
      key: 'status',
      value: { kind: 'change', from: null, to: { kind: 'word', code: 'included', message: 'catalog.status.included' } },
    },
    {
      key: 'startsAt',
      value: { kind: 'change', from: { kind: 'moment', at: new Date('2026-08-31T16:00:00Z') }, to: null },
    },
  ])
})

test('all that a page speaks of is looked up at once; an entry of the catalog names itself', () => {
  const spoken = thingsOf(event('claim.created', { claimId: 'c1', termId: 't1' }))
  expect(spoken).toEqual([
    { kind: 'claim', id: 'c1' },
    { kind: 'claim', id: 'c1' },
    { kind: 'term', id: 't1' },
  ])
  expect(toThing('catalog_entry', 'gitee:mindspore/*', names).name).toEqual({ zh: 'mindspore/*', en: 'mindspore/*' })
})
