import type { SandboxResponse } from '../http/types'

/** What the Hub answers when it does not answer: a word in the body, and the kind of refusal in a header. */
export const hubErrors = {
  notFound: (): SandboxResponse => ({
    status: 404,
    body: { error: 'Sorry, we can’t find the page you are looking for.' },
  }),
  badToken: (): SandboxResponse => ({ status: 401, body: { error: 'Invalid credentials in Authorization header' } }),
  /** To strangers the same as "not signed in", so that nobody learns which names are private. */
  noRepository: (isSignedIn: boolean): SandboxResponse => ({
    status: isSignedIn ? 404 : 401,
    headers: { 'x-error-code': 'RepoNotFound', 'x-error-message': 'Repository not found' },
    body: { error: isSignedIn ? 'Repository not found' : 'Invalid username or password.' },
  }),
  noRevision: (): SandboxResponse => ({
    status: 404,
    headers: { 'x-error-code': 'RevisionNotFound' },
    body: { error: 'Invalid rev id' },
  }),
  limit: (): SandboxResponse => ({
    status: 429,
    body: { error: 'We had to rate limit you, you hit the quota of requests per 5 minutes period.' },
  }),
} as const
