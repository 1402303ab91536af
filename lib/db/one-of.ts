/**
 * A stored text as one of the words that the rules know.
 * @throws Error when it is none: a row that no migration and no code of ours could have written.
 */
export function oneOf<const T extends string>(known: readonly T[], value: string): T {
  const found = known.find((one) => one === value)
  if (found === undefined) throw new Error(`stored "${value}" is none of ${known.join(', ')}`)
  return found
}
