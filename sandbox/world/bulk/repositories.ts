import type { Platform, Repository } from '../types'

/** Owners that catalogs include as a whole, so that a big world is not outside of the catalog. */
const OWNERS: readonly { platform: Platform; owner: string; ownerId: number }[] = [
  { platform: 'github', owner: 'vllm-project', ownerId: 136984999 },
  { platform: 'github', owner: 'verl-project', ownerId: 240910001 },
  { platform: 'github', owner: 'agentscope-ai', ownerId: 240910003 },
  { platform: 'github', owner: 'mindspore-lab', ownerId: 120450001 },
  { platform: 'gitee', owner: 'mindspore', ownerId: 6854763 },
  { platform: 'gitcode', owner: 'mindspore', ownerId: 14648 },
]
const FIRST_ID = { github: 700_000_000, gitee: 30_000_000, gitcode: 8_000_000, huggingface: 9_000_000 } as const

export function bulkRepositories(count: number): readonly Repository[] {
  return Array.from({ length: count }, (_, index) => {
    const owner = OWNERS[index % OWNERS.length] ?? { platform: 'github', owner: 'vllm-project', ownerId: 136984999 }
    const name = `model-kit-${String(index + 1).padStart(3, '0')}`
    return {
      ...owner,
      id: FIRST_ID[owner.platform] + index,
      name,
      formerFullNames: [],
      displayName: name,
      description: `${name}: generated for size`,
      defaultBranch: 'main',
      isFork: false,
      isArchived: false,
      isPrivate: false,
      stars: 50 + ((index * 37) % 4000),
      license: 'Apache-2.0',
      language: index % 4 === 0 ? 'C++' : 'Python',
      topics: ['llm'],
      mirrorOf: null,
      createdAt: new Date(Date.UTC(2022, index % 12, 1)),
    }
  })
}
