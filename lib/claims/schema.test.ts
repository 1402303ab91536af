import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { previewQuestionSchema } from '@/lib/claims/schema'
import { parseForm } from '@/lib/http/form-data'

const [one, other] = [randomUUID(), randomUUID()]

function asked(...fields: [string, string][]) {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  const parsed = parseForm(previewQuestionSchema, data)
  return parsed.ok ? parsed.value : parsed.issues.map(({ code }) => code)
}

test('a choice may be empty, one or many, for a term or a claim', () => {
  expect(asked(['termId', one])).toEqual({ termId: one, contributionIds: [] })
  expect(asked(['claimId', one], ['contributionIds', other])).toEqual({ claimId: one, contributionIds: [other] })
  expect(asked(['termId', one], ['contributionIds', one], ['contributionIds', other])).toMatchObject({
    contributionIds: [one, other],
  })
})

test('it is for one of them, and takes nothing else', () => {
  expect(asked(['contributionIds', one])).toEqual(['invalid_format'])
  expect(asked(['termId', one], ['claimId', other])).toEqual(['invalid_format'])
  expect(asked(['termId', one], ['statement', 'x'])).toEqual(['unknown_fields'])
})
