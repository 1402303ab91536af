import type { World } from './types'

export type WorldOptions = {
  seed?: string
  /** A folder in the format of the contributions data set; its authors become accounts. */
  contributionsDirectory?: string | null
  /** Size knob: null is the small world. */
  peopleCount?: number | null
  pullRequestCount?: number | null
}

export function createWorld(_options: WorldOptions): World {
  throw new Error('the world is made in the next step')
}
