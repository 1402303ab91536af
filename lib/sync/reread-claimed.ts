import { withScope } from '@/lib/db/scope'
import { listUniversities } from '@/lib/db/universities'
import { findConnection } from '@/lib/db/university-connections'
import type { SystemActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { PLATFORMS } from '@/lib/domain/platform'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { enqueue } from '@/lib/queue/enqueue'
import type { RereadOf } from '@/lib/queue/jobs'

/**
 * Asks for a re-reading at every university, on each platform for which it has a credential of its own: a job apiece, so that
 * one that has to wait holds up no other.
 */
export async function rereadEverywhere(
  actor: SystemActor,
  of: RereadOf = { kind: 'claims' },
): Promise<{ requested: number }> {
  assertCan(actor, 'sync.run', {})
  let requested = 0
  for (const { id: universityId } of await withScope({}, listUniversities)) {
    requested += await withScope({ universityId }, async (tx) => {
      let queued = 0
      for (const platform of PLATFORMS) {
        if (of.kind === 'catalog' && of.line.platform !== platform) continue
        const connection = await findConnection(tx, { universityId, kind: CONNECTION_KIND_OF[platform] })
        if (!connection?.secretSealed) continue
        await enqueue(tx, 'reread-contributions', { universityId, platform, of, afterId: null })
        queued += 1
      }
      return queued
    })
  }
  return { requested }
}
