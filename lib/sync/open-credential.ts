import { open, SealError } from '@/lib/config/sealing'
import { withScope } from '@/lib/db/scope'
import { findSyncRunToken, syncTokenContext } from '@/lib/db/sync-runs'
import { connectionSealContext, findConnection } from '@/lib/db/university-connections'
import type { Platform } from '@/lib/domain/platform'
import type { SyncRun } from '@/lib/domain/sync'
import { PlatformError } from '@/lib/platforms/platform-error'
import { ANONYMOUS, type Credential } from '@/lib/platforms/port'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'

/** With what a run reads: the person's token that came with it, else what the university has, else nothing. */
export async function openCredential(run: SyncRun, platform: Platform): Promise<Credential> {
  const token = await findPersonToken(run, platform)
  if (token !== null) return { kind: 'token', of: 'person', token }
  return openUniversityCredential(run.universityId, platform)
}

/** What a university itself may ask a platform with; nothing where it has no connection. */
export async function openUniversityCredential(universityId: string, platform: Platform): Promise<Credential> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findConnection(tx, { universityId, kind }))
  if (!connection?.secretSealed) return ANONYMOUS
  const secret = openSealed(connection.secretSealed, connectionSealContext({ universityId, kind }), platform)
  return universityCredential(platform, { settings: connection.settings, secret })
}

/** The person's token of a run that is under way, opened; null when it came without, or has ended. */
export async function findPersonToken(run: SyncRun, platform: Platform): Promise<string | null> {
  const sealed = await withScope({ personId: run.personId }, (tx) => findSyncRunToken(tx, run.id))
  return sealed === null ? null : openSealed(sealed, syncTokenContext(run.id), platform)
}

function openSealed(sealed: string, context: string, platform: Platform): string {
  try {
    return open(sealed, context)
  } catch (error) {
    // The key left the ring: the token is as good as gone, and only a new proof helps.
    if (error instanceof SealError) throw new PlatformError({ platform, kind: 'sign_in_expired', note: 'seal' })
    throw error
  }
}
