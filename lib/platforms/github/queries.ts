/** So many of the newest mentions of each kind stand in a list; where there are more, {@link EARLIER_MENTIONS} goes on. */
const MENTIONS = 30
export const MENTIONS_A_PAGE = 100

const MENTION_FRAGMENTS = `fragment CommitMentions on PullRequestTimelineItemsConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes { ... on ReferencedEvent { createdAt commit { oid message committedDate } } }
}
fragment PullMentions on PullRequestTimelineItemsConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes {
    ... on CrossReferencedEvent {
      createdAt
      source {
        __typename
        ... on PullRequest { number title body mergedAt mergeCommit { oid } repository { databaseId } }
      }
    }
  }
}`

/**
 * What is read of a pull request. Four nested lists: a page of 100 costs (1 + 4 × 100) / 100, rounded: 4 points. Commits and
 * pull requests that mention it are asked for apart: many of the one kind must not push the other out.
 * Topics are left out (a fifth list); files, reviews and commits are read by REST when evidence is taken.
 */
const PULL_REQUEST_FIELDS = `fragment PullRequestFields on PullRequest {
  id number url title body state createdAt updatedAt closedAt mergedAt
  additions deletions changedFiles authorAssociation baseRefName
  author { ...Who }
  mergedBy { ...Who }
  mergeCommit { oid message }
  labels(first: 20) { nodes { name } }
  closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) {
    nodes { ... on ClosedEvent { actor { ...Who } closer { __typename ... on Commit { oid message committedDate } } } }
  }
  commitMentions: timelineItems(last: ${MENTIONS}, itemTypes: [REFERENCED_EVENT]) { ...CommitMentions }
  pullMentions: timelineItems(last: ${MENTIONS}, itemTypes: [CROSS_REFERENCED_EVENT]) { ...PullMentions }
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
}
${MENTION_FRAGMENTS}`

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
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...PullRequestFields }
      }
    }
  }
}
${PULL_REQUEST_FIELDS}`

/** What an account that is known by its node id is called today: search knows logins only. */
export const LOGIN_OF_ACCOUNT = `query LoginOfAccount($id: ID!) {
  rateLimit { cost remaining resetAt }
  node(id: $id) { ... on User { login } }
}`

/** Where the list itself is too much for GitHub. Shows a thousand at most, whatever it finds. */
export const SEARCHED_PULL_REQUESTS = `query SearchedPullRequests($text: String!, $first: Int!, $after: String) {
  rateLimit { cost remaining resetAt }
  search(type: ISSUE, query: $text, first: $first, after: $after) {
    issueCount
    pageInfo { hasNextPage endCursor }
    nodes { ...PullRequestFields }
  }
}
${PULL_REQUEST_FIELDS}`

/** Enough of a pull request to know whether it is new or changed; no list in it, so that a hundred accounts are a point. */
const GLIMPSE = `fragment Glimpse on PullRequest {
  id number state updatedAt
  repository { databaseId nameWithOwner isPrivate }
}`

/** As {@link ACCOUNT_PULL_REQUESTS}, of up to a hundred accounts: one connection each, together a point. */
export const COHORT_SCAN = `query CohortScan($ids: [ID!]!, $first: Int!) {
  rateLimit { cost remaining resetAt }
  nodes(ids: $ids) {
    __typename
    ... on User {
      id databaseId login
      pullRequests(first: $first, states: [MERGED, CLOSED, OPEN], orderBy: { field: UPDATED_AT, direction: DESC }) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...Glimpse }
      }
    }
  }
}
${GLIMPSE}`

/** The same where each account goes on at a place of its own: `at0`, `at1` … in the order asked. */
export function cohortGoesOn(places: readonly { id: string; after: string | null }[]): {
  query: string
  variables: Record<string, string | null>
} {
  const asked = places.map(
    (_, at) => `at${at}: node(id: $id${at}) {
    __typename
    ... on User {
      id databaseId login
      pullRequests(
        first: $first, after: $after${at}, states: [MERGED, CLOSED, OPEN], orderBy: { field: UPDATED_AT, direction: DESC }
      ) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { ...Glimpse }
      }
    }
  }`,
  )
  const declared = places.map((_, at) => `$id${at}: ID!, $after${at}: String`)
  return {
    query: `query CohortGoesOn($first: Int!, ${declared.join(', ')}) {
  rateLimit { cost remaining resetAt }
  ${asked.join('\n  ')}
}
${GLIMPSE}`,
    variables: Object.fromEntries(
      places.flatMap(({ id, after }, at) => [
        [`id${at}`, id],
        [`after${at}`, after],
      ]),
    ),
  }
}

/** Accounts that were linked without a node id; the numbers are compared before any is used. */
export function accountsByLogin(logins: readonly string[]): { query: string; variables: Record<string, string> } {
  const declared = logins.map((_, at) => `$login${at}: String!`)
  const asked = logins.map((_, at) => `at${at}: user(login: $login${at}) { id databaseId login }`)
  return {
    query: `query AccountsByLogin(${declared.join(', ')}) {
  rateLimit { cost remaining resetAt }
  ${asked.join('\n  ')}
}`,
    variables: Object.fromEntries(logins.map((login, at) => [`login${at}`, login])),
  }
}

/** Pull requests that a scan found new or changed, whole. */
export const PULL_REQUESTS_BY_ID = `query PullRequestsById($ids: [ID!]!) {
  rateLimit { cost remaining resetAt }
  nodes(ids: $ids) { ...PullRequestFields }
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

/** The mentions before those that a list showed, newest first: one request, one point. */
export const EARLIER_MENTIONS = `query EarlierMentions(
  $id: ID!, $size: Int!, $wantsCommits: Boolean!, $wantsPulls: Boolean!, $commitsBefore: String, $pullsBefore: String
) {
  rateLimit { cost remaining resetAt }
  node(id: $id) {
    ... on PullRequest {
      commitMentions: timelineItems(last: $size, before: $commitsBefore, itemTypes: [REFERENCED_EVENT])
        @include(if: $wantsCommits) { ...CommitMentions }
      pullMentions: timelineItems(last: $size, before: $pullsBefore, itemTypes: [CROSS_REFERENCED_EVENT])
        @include(if: $wantsPulls) { ...PullMentions }
    }
  }
}
${MENTION_FRAGMENTS}`

/** How many places of {@link commitsOnBranches} one request asks about: one point. */
export const COMMITS_ON_BRANCHES_PER_REQUEST = 50

type BranchWindow = { owner: string; name: string; branch: string; since: string; until: string }

/** The commits of some branches, each within a second: `at0`, `at1` … in the order asked. */
export function commitsOnBranches(windows: readonly BranchWindow[]): {
  query: string
  variables: Record<string, string>
} {
  const places = windows.map((_, at) => ({
    at,
    names: ['owner', 'name', 'branch'].map((one) => `$${one}${at}: String!`),
  }))
  const declared = places.map(
    ({ at, names }) => `${names.join(', ')}, $since${at}: GitTimestamp!, $until${at}: GitTimestamp!`,
  )
  const asked = places.map(
    ({ at }) => `at${at}: repository(owner: $owner${at}, name: $name${at}) {
    ref(qualifiedName: $branch${at}) {
      target { ... on Commit { history(first: 100, since: $since${at}, until: $until${at}) { ...Window } } }
    }
  }`,
  )
  return {
    query: `query CommitsOnBranches(${declared.join(', ')}) {
  rateLimit { cost remaining resetAt }
  ${asked.join('\n  ')}
}
fragment Window on CommitHistoryConnection {
  pageInfo { hasNextPage }
  nodes { oid message committedDate }
}`,
    variables: Object.fromEntries(
      windows.flatMap((window, at) => Object.entries(window).map(([name, value]) => [`${name}${at}`, value])),
    ),
  }
}
