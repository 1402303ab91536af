import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createWorld } from './index'

const directory = fileURLToPath(new URL('../../../shared/contributions', import.meta.url))

test.skipIf(!existsSync(directory))(
  'the shared contributions load whole (skipped where ../shared is absent)',
  () => {
    const world = createWorld({ contributionsDirectory: directory })
    const mirrors = { github: 0, gitee: 0 }
    for (const platform of ['github', 'gitee'] as const) {
      const list = world.listPullRequests({ platform })
      for (let index = 0; index < list.length; index += 1) if (list.at(index)?.mirrorOf) mirrors[platform] += 1
    }
    expect(mirrors).toEqual({ github: 41, gitee: 64 })
    expect(world.countPullRequests('github')).toBe(13_569 + 41)
    expect(world.countPullRequests('gitee')).toBe(14_122 + 64)
    expect(world.findRepositoryByName('github', 'huggingface', 'trl')?.id).toBe(250510075)
  },
  60_000,
)
