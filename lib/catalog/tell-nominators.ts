import { listSeconders, type NominationRow } from '@/lib/db/catalog-nominations'
import { addNotification } from '@/lib/db/notifications'
import type { Tx } from '@/lib/db/scope'

type Told = {
  universityId: string
  nomination: NominationRow
  code: 'nomination_accepted' | 'nomination_refused'
  fullName: string
  reason: string
  now: Date
}

/** Tells whoever put a repository forward, first or after others, what came of it. */
export async function tellNominators(tx: Tx, { universityId, nomination, code, ...told }: Told): Promise<void> {
  const { id: nominationId, platform, memberId } = nomination
  const { fullName, reason, now } = told
  const seconders = await listSeconders(tx, { universityId, nominationId })
  for (const to of new Set([memberId, ...seconders])) {
    const data = { nominationId, platform, fullName, reason }
    await addNotification(tx, { universityId, memberId: to, code, data, createdAt: now })
  }
}
