import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { acceptNomination } from '@/lib/catalog/accept-nomination'
import { findCatalogLine } from '@/lib/catalog/find-catalog-line'
import { getNomination } from '@/lib/catalog/get-nomination'
import { listNominations } from '@/lib/catalog/list-nominations'
import { listOwnNominations } from '@/lib/catalog/list-own-nominations'
import { nominateRepository } from '@/lib/catalog/nominate-repository'
import { readNomination } from '@/lib/catalog/read-nomination'
import { refuseNomination } from '@/lib/catalog/refuse-nomination'
import { rereadNomination } from '@/lib/catalog/reread-nomination'
import { nominationQueueQuery } from '@/lib/catalog/schema'
import type { SystemActor } from '@/lib/domain/actor'
import { PUBLIC_BASE_URLS } from '@/lib/domain/contribution-address'
import { byPlatform } from '@/lib/domain/platform'
import { getOverview } from '@/lib/people/get-overview'
import { PlatformError } from '@/lib/platforms/platform-error'
import type { PlatformPort, RepositoryProfile } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { readNominated } from '@/lib/worker/handlers/read-nomination'
import {
  makeMember,
  makeUniversity,
  NOW,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 120_000 })

let world: TestWorld
let university: TestUniversity
let admin: TestMember
let otherAdmin: TestMember
let ming: TestMember
let hua: TestMember

const DAY_MS = 86_400_000
const WHY = '课程项目里用到的推理引擎，希望可以认定。'
const WORD = { kind: 'inference', tier: 'emerging', reason: '课程里常用的推理引擎' } as const
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS)
const queue = (over: object = {}) => nominationQueueQuery.parse(over)

beforeAll(async () => {
  world = await openTestWorld()
  university = await makeUniversity(world)
  admin = await makeMember(world, university, { roles: ['admin'] })
  otherAdmin = await makeMember(world, await makeUniversity(world), { roles: ['admin'] })
})
afterAll(() => world?.close())
beforeEach(async () => {
  ming = await makeMember(world, university)
  hua = await makeMember(world, university)
})

const nominate = (who: TestMember, address: string, now = NOW) =>
  nominateRepository(who.actor, { address, why: WHY }, { now, baseUrls: PUBLIC_BASE_URLS })

const NOWHERE = byPlatform(() => ({
  webUrl: 'http://nowhere',
  apiUrl: 'http://nowhere',
  clientId: '',
  clientSecret: '',
}))

/** All platforms, of which GitHub answers as told. */
function platformsThat(describeRepository: NonNullable<PlatformPort['describeRepository']>): Platforms {
  const platforms = createPlatforms(NOWHERE)
  const findDependencyFiles = async () => [{ name: 'requirements.txt' as const, text: 'torch>=2\nnumpy\n' }]
  return { ...platforms, github: { ...platforms.github, describeRepository, findDependencyFiles } }
}

const profileOf = (owner: string, name: string, id = '9001'): RepositoryProfile => ({
  repository: {
    ...{ platformRepositoryId: id, ownerPlatformUserId: '9', owner, name, url: `https://github.com/${owner}/${name}` },
    ...{ defaultBranch: 'main', isFork: false, isArchived: false, isPrivate: false, stars: 640, license: 'MIT' },
    ...{ language: 'Python', topics: ['llm-serving'] },
  },
  description: 'Serving for small models',
  forkOf: null,
  createdAt: at(-400),
  pushedAt: at(-3),
  lastRelease: { name: 'v0.4', publishedAt: at(-30) },
})

const system = (): SystemActor => ({ kind: 'system', name: 'SYSTEM_EVIDENCE', universityId: admin.universityId })
const read = (nominationId: string, describeRepository: NonNullable<PlatformPort['describeRepository']>, now = NOW) =>
  readNomination(
    system(),
    { universityId: admin.universityId, nominationId },
    { now, platforms: platformsThat(describeRepository) },
  )
const notices = async ({ memberId }: TestMember) =>
  (await world.db.notification.findMany({ where: { memberId } })).map(({ code, data }) => ({ code, data }))

describe('a nomination', () => {
  test('waits for its evidence and for an admin, and nothing is asked of a platform in the request', async () => {
    const { nominationId } = await nominate(ming, '请看 https://github.com/Tiny-Lab/served/tree/main')
    const job = await world.db.$queryRaw`
      select t.identifier as task, j.payload from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where j.key = ${`read-nomination:${nominationId}`}`
    expect(job).toEqual([{ task: 'read-nomination', payload: { universityId: admin.universityId, nominationId } }])
    const { nominations } = await listNominations(admin.actor, queue(), { now: at(9) })
    expect(nominations.find(({ id }) => id === nominationId)).toMatchObject({
      owner: 'Tiny-Lab',
      name: 'served',
      state: 'open',
      evidenceState: 'waiting',
      memberName: ming.name,
      why: WHY,
      suggestion: null,
    })
    expect((await getOverview(admin.actor, { now: at(9) })).tasks).toContainEqual(
      expect.objectContaining({ code: 'nominations', days: 9 }),
    )
    const event = await world.db.auditEvent.findFirst({ where: { subjectId: nominationId } })
    expect(event).toMatchObject({ action: 'catalog.nominated', actorMemberId: ming.memberId })
  })

  test('is read with what speaks for it, and a rule says what it thinks', async () => {
    const { nominationId } = await nominate(ming, 'old-lab/served')
    const seen = await read(nominationId, async () => profileOf('New-Lab', 'served'))
    expect(seen).toEqual({ status: 'complete' })
    expect(await getNomination(admin.actor, { nominationId }, { now: NOW })).toMatchObject({
      evidenceState: 'complete',
      evidence: {
        owner: 'New-Lab',
        stars: 640,
        dependencies: [{ file: 'requirements.txt', names: ['torch', 'numpy'] }],
      },
      cautions: [{ code: 'named_otherwise', value: 'New-Lab/served' }],
      suggestion: {
        relatedness: 'likely',
        reasons: [
          { code: 'topic', value: 'llm-serving' },
          { code: 'library', value: 'torch', file: 'requirements.txt' },
        ],
      },
    })
    // Once read, a job that comes again asks nobody.
    const again = await read(nominationId, () => Promise.reject(new Error('asked twice')))
    expect(again).toEqual({ status: 'left' })
  })

  test('accepted: the university’s word under the name and number of today, and everybody is told', async () => {
    const { nominationId } = await nominate(ming, 'old-lab/engine')
    expect(await nominate(hua, 'github.com/OLD-LAB/engine')).toMatchObject({ duplicateOfId: nominationId })
    await expect(acceptNomination(admin.actor, { nominationId, ...WORD }, { now: NOW })).rejects.toMatchObject({
      code: 'nomination_not_read',
    })
    await read(nominationId, async () => profileOf('New-Lab', 'engine', '777'))
    await acceptNomination(admin.actor, { nominationId, ...WORD }, { now: NOW })
    const key = { platform: 'github', owner: 'New-Lab', name: 'engine' } as const
    expect(await findCatalogLine(ming.actor, key)).toMatchObject({ status: 'included', ...WORD, own: { version: 1 } })
    expect(await findCatalogLine(otherAdmin.actor, key)).toBeNull()
    const stored = await world.db.universityCatalogEntry.findFirst({ where: { nameKey: 'engine' } })
    expect(stored).toMatchObject({ platformId: '777', decidedByMemberId: admin.memberId })
    const told = { nominationId, platform: 'github', fullName: 'New-Lab/engine', reason: WORD.reason }
    for (const who of [ming, hua]) expect(await notices(who)).toEqual([{ code: 'nomination_accepted', data: told }])
    const { nominations } = await listOwnNominations(ming.actor, { cursor: null }, { now: NOW })
    expect(nominations).toMatchObject([{ state: 'accepted', decisionReason: WORD.reason }])
    await expect(nominate(hua, 'New-Lab/engine')).rejects.toMatchObject({ code: 'nomination_counts_already' })
  })

  test('of a platform read by repository starts its reading when accepted', async () => {
    const { nominationId } = await nominate(ming, 'https://gitee.com/tiny-lab/served')
    const platforms = createPlatforms(NOWHERE)
    const gitee = { ...platforms.gitee, describeRepository: async () => profileOf('tiny-lab', 'served', '31') }
    const deps = { now: NOW, platforms: { ...platforms, gitee: { ...gitee, findDependencyFiles: async () => [] } } }
    await readNomination(system(), { universityId: admin.universityId, nominationId }, deps)
    await acceptNomination(admin.actor, { nominationId, ...WORD }, { now: NOW })
    const jobs = await world.db.$queryRaw`select key from graphile_worker.jobs where key like '%:backfill'`
    expect(jobs).toEqual([{ key: `sync-university-accounts:${admin.universityId}:backfill` }])
  })

  test('refused: the catalog stays, the reason is told, and no second decision counts', async () => {
    const { nominationId } = await nominate(ming, 'tiny-lab/homework')
    const reason = '课程作业仓库，不予认定'
    await refuseNomination(admin.actor, { nominationId, reason }, { now: NOW })
    expect(await notices(ming)).toMatchObject([{ code: 'nomination_refused', data: { reason } }])
    expect(await findCatalogLine(ming.actor, { platform: 'github', owner: 'tiny-lab', name: 'homework' })).toBeNull()
    for (const act of [
      () => refuseNomination(admin.actor, { nominationId, reason }, { now: NOW }),
      () => acceptNomination(admin.actor, { nominationId, ...WORD }, { now: NOW }),
      () => rereadNomination(admin.actor, { nominationId }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'nomination_decided' })
    }
    // What is decided may be put forward again.
    await expect(nominate(ming, 'tiny-lab/homework')).resolves.toMatchObject({ duplicateOfId: null })
  })

  test('is decided once, when two admins decide at the same time', async () => {
    const { nominationId } = await nominate(ming, 'tiny-lab/twice')
    const decide = () => refuseNomination(admin.actor, { nominationId, reason: '重复推荐' }, { now: NOW })
    const outcomes = await Promise.allSettled([decide(), decide(), decide()])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await notices(ming)).toHaveLength(1)
  })
})

describe('limits and walls', () => {
  test('one’s own open one is not put forward again, nor what is no address', async () => {
    await nominate(ming, 'tiny-lab/mine')
    await expect(nominate(ming, 'tiny-lab/Mine')).rejects.toMatchObject({ code: 'nomination_yours_is_open' })
    await expect(nominate(ming, 'https://evil.example/a/b')).rejects.toMatchObject({
      kind: 'invalid',
      code: 'nomination_address_unknown_host',
    })
  })

  test('five within seven days, however many are sent at once; then the next one', async () => {
    const sent = await Promise.allSettled(Array.from({ length: 9 }, (_, index) => nominate(ming, `many/one-${index}`)))
    expect(sent.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    expect((await listOwnNominations(ming.actor, { cursor: null }, { now: NOW })).left).toBe(0)
    await expect(nominate(ming, 'many/more', at(6.9))).rejects.toMatchObject({ kind: 'rate_limited' })
    await expect(nominate(hua, 'many/of-another')).resolves.toBeTruthy()
    await expect(nominate(ming, 'many/more', at(7.1))).resolves.toBeTruthy()
  })

  test('of another university there is nothing to see or to decide', async () => {
    const { nominationId } = await nominate(ming, 'tiny-lab/walled')
    const act = { nominationId, reason: '与本校无关' }
    for (const door of [
      () => getNomination(otherAdmin.actor, { nominationId }, { now: NOW }),
      () => refuseNomination(otherAdmin.actor, act, { now: NOW }),
      () => acceptNomination(otherAdmin.actor, { ...act, ...WORD }, { now: NOW }),
      () => rereadNomination(otherAdmin.actor, { nominationId }),
    ]) {
      await expect(door()).rejects.toMatchObject({ kind: 'not_found' })
    }
    await expect(listNominations(ming.actor, queue(), { now: NOW })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(getNomination(ming.actor, { nominationId }, { now: NOW })).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await listNominations(otherAdmin.actor, queue(), { now: NOW })).nominations).toEqual([])
  })

  test('the queue is paged, the longest waiting first', async () => {
    await world.db.catalogNomination.createMany({
      data: Array.from({ length: 40 }, (_, index) => ({
        ...{ universityId: hua.universityId, memberId: hua.memberId, platform: 'gitee', owner: 'queue', why: WHY },
        ...{ name: `r${index}`, ownerKey: 'queue', nameKey: `r${index}`, createdAt: at(-100 + index) },
      })),
    })
    const first = await listNominations(admin.actor, queue(), { now: NOW })
    expect(first.nominations.map(({ name }) => name)).toEqual(Array.from({ length: 30 }, (_, index) => `r${index}`))
    expect(first.open.oldestAt).toEqual(at(-100))
    const second = await listNominations(admin.actor, queue({ cursor: first.nextCursor }), { now: NOW })
    expect(second.nominations[0]?.name).toBe('r30')
    await expect(listNominations(admin.actor, queue({ cursor: 'x' }), { now: NOW })).rejects.toMatchObject({
      code: 'bad_cursor',
    })
  })
})

describe('when the platform fails', () => {
  test('it is asked again at the time it gives, and given up in the end; an admin may ask anew', async () => {
    const { nominationId } = await nominate(ming, 'tiny-lab/unlucky')
    const until = at(0.01)
    const limited = () => Promise.reject(new PlatformError({ platform: 'github', kind: 'rate_limited', until }))
    expect(await read(nominationId, limited)).toEqual({ status: 'wait', until })
    const nonsense = () => Promise.reject(new PlatformError({ platform: 'github', kind: 'unexpected_answer' }))
    const ends: string[] = []
    for (let tries = 0; tries < 10 && ends.at(-1) !== 'failed'; tries += 1) {
      ends.push((await read(nominationId, nonsense)).status)
    }
    expect(ends.at(-1)).toBe('failed')
    const shown = await getNomination(admin.actor, { nominationId }, { now: NOW })
    expect(shown).toMatchObject({ evidenceState: 'failed', evidenceFailure: 'unexpected_answer' })
    await rereadNomination(admin.actor, { nominationId })
    expect(await read(nominationId, async () => null)).toEqual({ status: 'not_found' })
  })

  test('what fails here and not there is given up with the job’s last try', async () => {
    const { nominationId } = await nominate(ming, 'tiny-lab/broken')
    const payload = { universityId: admin.universityId, nominationId }
    await world.db.$executeRaw`alter table university_connection rename to hidden`
    try {
      const context = { signal: new AbortController().signal, attempt: 8, isLastAttempt: true }
      await expect(readNominated(payload, context)).rejects.toThrow()
    } finally {
      await world.db.$executeRaw`alter table hidden rename to university_connection`
    }
    const shown = await getNomination(admin.actor, { nominationId }, { now: NOW })
    expect(shown).toMatchObject({ evidenceState: 'failed', evidenceFailure: 'internal' })
  })
})
