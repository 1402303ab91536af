import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHuggingFaceAdapter } from './adapter'

const ID = '6621'.padEnd(24, '0')
const AUTHOR = '64a3'.padEnd(24, '0')
const UNTIL = new Date('2026-11-01T00:00:00Z')
const CREDENTIAL = { kind: 'anonymous' } as const
const SOURCE = 'repository:datasets/lab/corpus'
let asked: URL[] = []

const port = createHuggingFaceAdapter({
  webUrl: 'https://hub.example',
  apiUrl: 'https://hub.example/api',
  clientId: 'client',
  clientSecret: 'secret',
})

/** A Hub with one page of two records, of sixty that there are. */
function answer(createdAt: readonly string[]) {
  const record = (at: string, index: number) => ({
    num: 60 - index,
    author: { _id: AUTHOR, name: 'somebody' },
    repo: { name: 'lab/corpus', type: 'dataset' },
    title: 'A change',
    status: 'merged',
    createdAt: at,
    isPullRequest: true,
  })
  return { discussions: createdAt.map(record), count: 60, start: 0 }
}

let page = answer([])
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (input: URL) => {
    asked.push(input)
    if (input.pathname.endsWith('/discussions')) return Response.json(page)
    if (input.pathname.includes('/overview')) return Response.json({ error: 'none' }, { status: 404 })
    return Response.json({ _id: ID, id: 'lab/corpus', private: false, createdAt: '2024-01-01T00:00:00.000Z' })
  })
})
afterEach(() => vi.unstubAllGlobals())

const repositoryPage = () =>
  port.sync === 'by_repository'
    ? port.listRepositoryPullRequests({ source: SOURCE, credential: CREDENTIAL, cursor: null, untilUpdatedAt: UNTIL })
    : null

test('at night a repository is read back half a year beyond the watermark: a merge has no time in lists', async () => {
  page = answer(['2026-11-20T00:00:00.000Z', '2026-05-20T00:00:00.000Z'])
  expect((await repositoryPage())?.nextCursor).toBe('1')
  page = answer(['2026-11-20T00:00:00.000Z', '2026-04-20T00:00:00.000Z'])
  expect((await repositoryPage())?.nextCursor).toBeNull()
})

test('an account’s own list is read to its end, whatever was read before', async () => {
  page = answer(['2026-11-20T00:00:00.000Z', '2024-04-20T00:00:00.000Z'])
  const account = { platformUserId: AUTHOR, nodeId: null, login: 'somebody' }
  const asking = { account, source: SOURCE, credential: CREDENTIAL, cursor: null, untilUpdatedAt: UNTIL }
  const found = await port.listAuthorPullRequests(asking)
  expect(found.nextCursor).toBe('1')
  expect(found.items.map(({ number, url }) => [number, url])).toEqual([
    [60, 'https://hub.example/datasets/lab/corpus/discussions/60'],
    [59, 'https://hub.example/datasets/lab/corpus/discussions/59'],
  ])
  expect(asked[0]?.searchParams.get('author')).toBe('somebody')
})

test('of a dataset the path, the owner and the repository’s id are the Hub’s', async () => {
  const found = await port.findRepository({ owner: 'datasets/lab', name: 'corpus', credential: CREDENTIAL })
  expect(asked.map(({ pathname }) => pathname)).toEqual(['/api/datasets/lab/corpus', '/api/users/lab/overview'])
  expect(found).toMatchObject({
    owner: 'datasets/lab',
    name: 'corpus',
    platformRepositoryId: ID,
    ownerPlatformUserId: null,
  })
})
