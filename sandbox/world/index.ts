import { smallWorld } from './small'
import { StoredWorld } from './stored-world'
import type { World } from './types'

export type WorldOptions = {
  seed?: string
  /** A folder in the format of the contributions data set; its authors become accounts. */
  contributionsDirectory?: string | null
  /** Size knob: null is the small world. */
  peopleCount?: number | null
  pullRequestCount?: number | null
}

/** The same options always make the same world. */
export function createWorld(options: WorldOptions = {}): World {
  const seed = options.seed ?? 'yuanfen'
  return new StoredWorld(smallWorld(seed))
}
