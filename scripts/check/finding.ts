/** One thing that a check does not accept. */
export interface Finding {
  /** Path from the root of the project. */
  readonly file: string
  readonly line?: number
  readonly words: string
}
