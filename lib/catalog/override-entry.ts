import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import type { OverrideInput } from './schema'
import { writeOverride } from './write-override'

/**
 * Writes the university's own word on a repository or owner, in front of the shared base; see {@link writeOverride}.
 * Claims already submitted keep what they were judged by; where the word is another one now, they are warned by a job.
 * @throws AppError conflict `catalog_changed` when somebody else changed the line meanwhile
 */
export async function overrideEntry(actor: MemberActor, input: OverrideInput, { now }: { now: Date }): Promise<void> {
  assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  const { expectedVersion, ...word } = input
  await withScope(actor, async (tx) => {
    const saved = await writeOverride(tx, { actor, word, expectedVersion, now })
    if (!saved) throw new AppError('conflict', 'catalog_changed')
  })
}
