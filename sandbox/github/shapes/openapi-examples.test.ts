import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSandbox, startSandbox } from '../../server'

const examples = fileURLToPath(new URL('../../../../shared/platforms/github/openapi-examples', import.meta.url))
let sandbox: RunningSandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

/** Keys of the examples that belong to what this world does not have: milestones, templates, forks of forks, teams. */
const LEFT_OUT = new Set([
  'template_repository',
  'parent',
  'source',
  'milestone',
  'assignee',
  'type',
  'search_type',
  'triage',
  'maintain',
])
/** Shown by the repository's own address only. */
const COUNTS = new Set(['subscribers_count', 'network_count'])
/** Nullable in GitHub's description though the example has a value; nulls here say something. */
const NULLABLE = new Set([
  'mirror_url',
  'license',
  'homepage',
  'language',
  'active_lock_reason',
  'merged_by',
  'mergeable',
  'rebaseable',
  'closed_at',
  'merged_at',
  'merge_commit_sha',
  'state_reason',
  'auto_merge',
  'html_url',
])

/** What an answer lacks or has in another type, compared with the example; lists by their first row. */
function differences(example: unknown, answer: unknown, path = '$'): readonly string[] {
  if (Array.isArray(example)) {
    if (!Array.isArray(answer)) return [`${path}: a list is expected`]
    return example.length === 0 || answer.length === 0 ? [] : differences(example[0], answer[0], `${path}[0]`)
  }
  if (typeof example === 'object' && example !== null) {
    if (typeof answer !== 'object' || answer === null) return [`${path}: an object is expected`]
    return Object.entries(example).flatMap(([key, value]) => {
      if (LEFT_OUT.has(key) || (path.endsWith('.repo') && COUNTS.has(key))) return []
      if (!(key in answer)) return [`${path}.${key}: missing`]
      const own: unknown = Reflect.get(answer, key)
      if (own === null && (NULLABLE.has(key) || value === null)) return []
      return value === null ? [] : differences(value, own, `${path}.${key}`)
    })
  }
  return typeof example === typeof answer ? [] : [`${path}: ${typeof example} is expected, not ${typeof answer}`]
}

const PULL = '/repos/huggingface/transformers/pulls'

describe.skipIf(!existsSync(examples))(
  'answers have the shape of the examples (skipped where ../shared is absent)',
  () => {
    test.each([
      ['full-repository.json', '/repos/huggingface/transformers'],
      ['pull-request-simple-items.json', `${PULL}?state=closed`],
      ['pull-request.json', `${PULL}/NUMBER`],
      ['diff-entry-items.json', `${PULL}/NUMBER/files`],
      ['commit-items.json', `${PULL}/NUMBER/commits`],
      ['pull-request-review-items.json', `${PULL}/NUMBER/reviews`],
      ['issue-search-result-item-paginated.json', '/search/issues?q=is:pr+label:Merged'],
    ])('%s', async (file, path) => {
      const list = sandbox.context.world.listPullRequests({ platform: 'github', repositoryId: 155220641 })
      const reviewed = Array.from({ length: list.length }, (_, index) => list.at(index)).find((pull) => pull?.mergedAt)
      const address = `${sandbox.origin}/github/api${path.replace('NUMBER', String(reviewed?.number))}`
      const answer = await (await fetch(address)).json()
      const example: unknown = JSON.parse(readFileSync(`${examples}/${file}`, 'utf8'))
      expect(differences(example, answer)).toEqual([])
    })

    test('rate-limit-overview.json, for the resources that are read', async () => {
      const answer = await (await fetch(`${sandbox.origin}/github/api/rate_limit`)).json()
      const kind = {
        limit: expect.any(Number),
        used: expect.any(Number),
        remaining: expect.any(Number),
        reset: expect.any(Number),
      }
      expect(answer).toEqual({ resources: { core: kind, search: kind, graphql: kind }, rate: kind })
    })
  },
)
