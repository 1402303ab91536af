/** What stands for the number and the name of an erased person; it says that, and nothing of whom. */
export type Pseudonym = `erased-${string}`

/** @param random at least eight characters that nobody can guess from who the person was */
export function makePseudonym(random: string): Pseudonym {
  return `erased-${random.replaceAll('-', '').slice(0, 12)}`
}
