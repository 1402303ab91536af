import type { Prisma } from './generated/client'
import type { Tx } from './scope'

/** How a university is reached: its sign-in, its GitHub App installation, its service tokens at other platforms. */
export const CONNECTION_KINDS = ['oidc', 'github_app', 'gitee_token', 'gitcode_token', 'huggingface_token'] as const
export type ConnectionKind = (typeof CONNECTION_KINDS)[number]

/** `settings` is as stored: whoever uses it parses it. `secretSealed` opens under {@link connectionSealContext}. */
export type UniversityConnection = { settings: unknown; secretSealed: string | null; updatedAt: Date }

type Key = { universityId: string; kind: ConnectionKind }

/** What a connection's secret is sealed for: it opens for no other university and no other use. */
export function connectionSealContext({ universityId, kind }: Key): string {
  return `university-connection:${universityId}:${kind}`
}

/** A university's connection, or null where it is not set up. The scope is the university's. */
export async function findConnection(tx: Tx, { universityId, kind }: Key): Promise<UniversityConnection | null> {
  return tx.universityConnection.findUnique({
    where: { universityId_kind: { universityId, kind } },
    select: { settings: true, secretSealed: true, updatedAt: true },
  })
}

/** Sets a connection up, or changes it. */
export async function saveConnection(
  tx: Tx,
  connection: Key & { settings: Prisma.InputJsonObject; secretSealed: string | null; updatedAt: Date },
): Promise<void> {
  const { universityId, kind, ...values } = connection
  await tx.universityConnection.upsert({
    where: { universityId_kind: { universityId, kind } },
    create: connection,
    update: values,
  })
}
