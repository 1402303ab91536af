/** Whose eyes an API call has. */
export type Viewer =
  | { kind: 'user'; accountId: number; clientId: string; scopes: readonly string[] }
  | { kind: 'installation'; installationId: number }
  | { kind: 'app'; appId: number }
  | { kind: 'client'; clientId: string }
  | { kind: 'anonymous' }

/** Name of the limit that a viewer's calls count against: a user's is shared by all of its tokens. */
export function limitKey(viewer: Viewer): string {
  switch (viewer.kind) {
    case 'user':
      return `user:${viewer.accountId}`
    case 'installation':
      return `installation:${viewer.installationId}`
    case 'app':
      return `app:${viewer.appId}`
    case 'client':
      return `client:${viewer.clientId}`
    case 'anonymous':
      return 'anonymous'
  }
}
