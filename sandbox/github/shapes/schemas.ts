import type { components } from '@octokit/openapi-types'

/** Answers have the types of GitHub's own description. */
export type Schemas = components['schemas']
