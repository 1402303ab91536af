/**
 * What is read of a pull request. Three nested lists: a page of 50 costs (1 + 3 × 50) / 100, rounded: 2 points.
 * Topics are left out (a fourth list); files, reviews and commits are read by REST when evidence is taken.
 */
const PULL_REQUEST_FIELDS = `fragment PullRequestFields on PullRequest {
  id number url title body state createdAt updatedAt closedAt mergedAt
  additions deletions changedFiles authorAssociation baseRefName
  author { ...Who }
  mergedBy { ...Who }
  mergeCommit { oid message }
  labels(first: 20) { nodes { name } }
  closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
    nodes { ... on ClosedEvent { actor { ...Who } closer { __typename ... on Commit { oid } } } }
  }
  mentions: timelineItems(last: 20, itemTypes: [REFERENCED_EVENT, CROSS_REFERENCED_EVENT]) {
    nodes {
      __typename
      ... on ReferencedEvent { commit { oid message committedDate } }
      ... on CrossReferencedEvent {
        source {
          __typename
          ... on PullRequest { number title body mergedAt mergeCommit { oid } repository { databaseId } }
        }
      }
    }
  }
  repository {
    databaseId nameWithOwner url isFork isArchived isPrivate stargazerCount
    owner { __typename login ... on User { databaseId } ... on Organization { databaseId } }
    licenseInfo { spdxId }
    defaultBranchRef { name }
    primaryLanguage { name }
  }
}
fragment Who on Actor {
  __typename login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
}`

/**
 * Every pull request of an account, newest update first; open ones too, since a landing that is taken back opens a pull
 * request again. By node id: a login may belong to a stranger by now.
 */
export const ACCOUNT_PULL_REQUESTS = `query AccountPullRequests($id: ID!, $first: Int!, $after: String) {
  rateLimit { cost remaining resetAt }
  node(id: $id) {
    __typename
    ... on User {
      id databaseId login
      pullRequests(first: $first, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
        pageInfo { hasNextPage endCursor }
        nodes { ...PullRequestFields }
      }
    }
  }
}
${PULL_REQUEST_FIELDS}`

/** The node id of an account that was linked without one; the number is compared before it is used. */
export const ACCOUNT_BY_LOGIN = `query AccountByLogin($login: String!) {
  rateLimit { cost remaining resetAt }
  user(login: $login) { id databaseId login }
}`

export const ONE_PULL_REQUEST = `query OnePullRequest($owner: String!, $name: String!, $number: Int!) {
  rateLimit { cost remaining resetAt }
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { ...PullRequestFields } }
}
${PULL_REQUEST_FIELDS}`
