const PREFIXES = {
  user: 'U',
  bot: 'BOT',
  organization: 'O',
  repository: 'R',
  pullRequest: 'PR',
  commit: 'C',
  review: 'PRR',
  comment: 'IC',
  event: 'EV',
  label: 'LA',
  branch: 'REF',
  license: 'L',
  release: 'RE',
} as const
export type NodeKind = keyof typeof PREFIXES

/** Opaque to its readers, as GitHub's are. */
export function nodeId(kind: NodeKind, ...parts: readonly (string | number)[]): string {
  return `${PREFIXES[kind]}_${Buffer.from(parts.join(':')).toString('base64url')}`
}

/** Kind and parts of a node id, also of the legacy form for users (`MDQ6VXNlcjE=`); null when it is none. */
export function readNodeId(id: string): { kind: NodeKind; parts: readonly string[] } | null {
  const legacy = /^04:User(\d+)$/.exec(Buffer.from(id, 'base64').toString('latin1'))
  if (legacy?.[1]) return { kind: 'user', parts: [legacy[1]] }
  const [prefix, payload] = [id.slice(0, id.indexOf('_')), id.slice(id.indexOf('_') + 1)]
  for (const [kind, known] of Object.entries(PREFIXES)) {
    if (known === prefix && isNodeKind(kind)) {
      return { kind, parts: Buffer.from(payload, 'base64url').toString('utf8').split(':') }
    }
  }
  return null
}

function isNodeKind(kind: string): kind is NodeKind {
  return kind in PREFIXES
}
