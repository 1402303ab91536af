import { expect, test } from 'vitest'
import { type CatalogEntry, resolveCatalog } from './catalog'
import { isHomeAt, keysOfPlace } from './catalog-home'
import { nameOf, ownerOf, ownersOf } from './repository-name'

test('the last part is the repository; a kind in front belongs to the owner', () => {
  expect([ownerOf('vllm-project/vllm'), nameOf('vllm-project/vllm')]).toEqual(['vllm-project', 'vllm'])
  expect([ownerOf('datasets/lab/corpus'), nameOf('datasets/lab/corpus')]).toEqual(['datasets/lab', 'corpus'])
  expect(ownersOf('vllm-project/vllm')).toEqual(['vllm-project'])
  expect(ownersOf('datasets/lab/corpus')).toEqual(['datasets/lab', 'lab'])
})

test('a word on an owner is about repositories of every kind; with a kind in front, of that kind', () => {
  const entry = (owner: string): CatalogEntry => ({
    id: 'e',
    universityId: null,
    platform: 'huggingface',
    owner,
    name: null,
    platformRepositoryId: null,
    platformOwnerId: null,
    aliases: [],
    status: 'included',
    kind: 'dataset',
    tier: null,
    landing: null,
    acceptedBranches: null,
    homes: [],
  })
  const at = (fullName: string) => ({
    platform: 'huggingface' as const,
    platformRepositoryId: '6',
    fullName,
    ownerPlatformUserId: null,
    fork: false,
    archived: false,
  })
  const statusAt = (fullName: string, owner: string) => resolveCatalog(at(fullName), [entry(owner)]).status
  expect(statusAt('datasets/Lab/corpus', 'lab')).toBe('included')
  expect(statusAt('lab/model', 'lab')).toBe('included')
  expect(statusAt('datasets/lab/corpus', 'datasets/lab')).toBe('included')
  expect(statusAt('lab/model', 'datasets/lab')).toBe('unknown')
  expect(statusAt('spaces/lab/demo', 'datasets/lab')).toBe('unknown')
  const home = {
    platform: 'huggingface',
    owner: 'lab',
    name: null,
    platformId: null,
    role: 'home',
    since: null,
  } as const
  expect(isHomeAt(home, at('datasets/lab/corpus'))).toBe(true)
  expect(isHomeAt({ ...home, owner: 'spaces/lab' }, at('datasets/lab/corpus'))).toBe(false)
  expect(keysOfPlace(at('datasets/lab/corpus'))).toEqual(
    expect.arrayContaining(['huggingface:datasets/lab/', 'huggingface:lab/']),
  )
})
