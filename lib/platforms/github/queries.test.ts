import { schema } from '@octokit/graphql-schema'
import { buildSchema, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import * as queries from './queries'

const github = buildSchema(schema.idl, { assumeValidSDL: true })

test.each(Object.entries(queries))('%s is a query that GitHub accepts', (_name, text) => {
  expect(validate(github, parse(text)).map((error) => error.message)).toEqual([])
})

test('a query that asks for what is not there is refused', () => {
  const wrong = queries.ONE_PULL_REQUEST.replace('baseRefName', 'baseName')
  expect(validate(github, parse(wrong))).not.toEqual([])
})
