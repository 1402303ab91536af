import type { PullRequestSeen } from './port'

/** What is left of a pull request where nobody told more: what each reading knows is laid over it. */
export const NOTHING_KNOWN = {
  nodeId: null,
  authorAssociation: null,
  labels: [],
  additions: null,
  deletions: null,
  changedFiles: null,
  mergedBy: null,
  lastClosedBy: null,
  closerCommitSha: null,
  mergeCommitSha: null,
  cherryPickedFrom: [],
  reverts: [],
  mentionedBy: [],
  revertedBy: [],
} as const satisfies Partial<PullRequestSeen>
