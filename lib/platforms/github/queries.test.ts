import { schema } from '@octokit/graphql-schema'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import * as queries from './queries'

const window = {
  owner: 'a',
  name: 'b',
  branch: 'refs/heads/main',
  since: '2026-01-01T00:00:00Z',
  until: '2026-01-01T00:00:01Z',
}
const github = buildSchema(schema.idl, { assumeValidSDL: true })

const texts = Object.entries({
  ...queries,
  COMMITS_ON_BRANCHES: queries.commitsOnBranches([window, window]).query,
  COHORT_GOES_ON: queries.cohortGoesOn([
    { id: 'U_1', after: null },
    { id: 'U_2', after: 'c' },
  ]).query,
  ACCOUNTS_BY_LOGIN: queries.accountsByLogin(['one', 'two']).query,
}).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : []))

test.each(texts)('%s is a query that GitHub accepts', (_name, text) => {
  expect(validate(github, parse(text)).map((error) => error.message)).toEqual([])
})

test('a query that asks for what is not there is refused', () => {
  const wrong = queries.ONE_PULL_REQUEST.replace('baseRefName', 'baseName')
  expect(validate(github, parse(wrong))).not.toEqual([])
})
