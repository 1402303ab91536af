import { bulkWorld } from './bulk'
import { contributionsWorld } from './contributions'
import { smallWorld } from './small'
import type { WorldSource } from './source'
import { StoredWorld } from './stored-world'
import type { World } from './types'

export type WorldOptions = {
  seed?: string
  /** A folder in the format of the contributions data set; its authors become accounts. */
  contributionsDirectory?: string | null
  /** Size knob: null is the small world. */
  peopleCount?: number | null
  pullRequestCount?: number | null
  /** Of a big world; left out: as many as its pull requests fill. */
  repositoryCount?: number
}

/** The same options always make the same world. */
export function createWorld(options: WorldOptions = {}): World {
  const seed = options.seed ?? 'yuanfen'
  return new StoredWorld(sourceOf(seed, options))
}

function sourceOf(seed: string, options: WorldOptions): WorldSource {
  const { contributionsDirectory, peopleCount, pullRequestCount, repositoryCount } = options
  if (contributionsDirectory) return contributionsWorld(seed, contributionsDirectory)
  const small = smallWorld(seed)
  if (!peopleCount && !pullRequestCount) return small
  return bulkWorld(small, {
    peopleCount: peopleCount ?? 1000,
    pullRequestCount: pullRequestCount ?? 10_000,
    ...(repositoryCount === undefined ? {} : { repositoryCount }),
  })
}
