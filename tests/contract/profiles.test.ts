import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTATIONS } from './expectations'
import { openPlatformSandbox, type PlatformSandbox } from './platform-sandbox'

let world: PlatformSandbox
beforeAll(async () => {
  world = await openPlatformSandbox()
})
afterAll(() => world?.close())

/** The platforms of code; what a hub of models says of itself is another thing. */
describe.each(['github', 'gitee', 'gitcode'] as const)('%s tells what a nomination is judged by', (platform) => {
  const port = () => {
    const { describeRepository, findDependencyFiles, findRepository } = world.platforms[platform]
    if (!describeRepository || !findDependencyFiles) throw new Error(`${platform} describes no repository`)
    return { describeRepository, findDependencyFiles, findRepository }
  }
  const repositories = () =>
    world.sandbox.context.world.listRepositories(platform).filter(({ isPrivate }) => !isPrivate)
  const credential = () => world.credentialOf(platform, EXPECTATIONS[platform].author)

  test('describes a repository, and lists what it is built on', async () => {
    const fact = repositories().find(
      ({ stars, topics }) => stars >= 100 && topics.some((topic) => /pytorch|大模型|昇/.test(topic)),
    )
    const { owner = '', name = '' } = fact ?? {}
    const asked = { owner, name, credential: await credential() }
    const profile = await port().describeRepository(asked)
    expect(profile).toMatchObject({ description: fact?.description, forkOf: null })
    expect(profile?.repository).toEqual(await port().findRepository(asked))
    for (const at of [profile?.createdAt, profile?.pushedAt, profile?.lastRelease?.publishedAt]) {
      expect(at).toBeInstanceOf(Date)
    }
    const files = await port().findDependencyFiles(asked)
    expect(files.map((file) => file.name)).toEqual(['requirements.txt'])
    expect(files[0]?.text).toMatch(/torch|mindspore/)
  })

  test('a project without a release has none, and what is not there is null', async () => {
    const small = repositories().find(({ stars }) => stars < 100)
    const asked = { owner: small?.owner ?? '', credential: await credential() }
    expect(await port().describeRepository({ ...asked, name: small?.name ?? '' })).toMatchObject({ lastRelease: null })
    for (const name of ['no-such-thing', '../../user']) {
      expect(await port().describeRepository({ ...asked, name })).toBeNull()
      expect(await port().findDependencyFiles({ ...asked, name })).toEqual([])
    }
  })
})

describe('huggingface tells what its Hub offers of a nomination', () => {
  const repositories = () =>
    world.sandbox.context.world.listRepositories('huggingface').filter(({ isPrivate }) => !isPrivate)

  test.each([
    ['a model', /^[^/]+$/],
    ['a dataset', /^datasets\//],
    ['a space', /^spaces\//],
  ])('%s: licence, tags and times of its card; no release, no list of packages', async (_, owners) => {
    const { describeRepository, findDependencyFiles, findRepository } = world.platforms.huggingface
    const fact = repositories().find(({ owner, license }) => owners.test(owner) && license !== null)
    if (!fact || !describeRepository) throw new Error('nothing to describe')
    const credential = await world.credentialOf('huggingface', EXPECTATIONS.huggingface.author)
    const asked = { owner: fact.owner, name: fact.name, credential }
    const profile = await describeRepository(asked)
    expect(profile).toMatchObject({
      description: fact.owner.startsWith('datasets/') ? fact.description : null,
      ...{ forkOf: null, lastRelease: null, createdAt: fact.createdAt },
      repository: { license: fact.license, stars: fact.stars, topics: [...fact.topics] },
    })
    expect(profile?.pushedAt).toBeInstanceOf(Date)
    expect(profile?.repository).toEqual(await findRepository(asked))
    expect(findDependencyFiles).toBeUndefined()
    expect(await describeRepository({ ...asked, name: 'no-such-thing' })).toBeNull()
  })
})
