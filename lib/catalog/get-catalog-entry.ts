import { type CatalogListRow, findCatalogRow, findSharedLanding } from '@/lib/db/catalog-list'
import { findMemberNames } from '@/lib/db/member-names'
import { findRepositoryCard } from '@/lib/db/repository-card'
import { type Tx, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { landingRulesSchema, MERGED } from '@/lib/domain/landing-rule'
import { assertCan } from '@/lib/domain/permissions'
import { keysOf } from './find-catalog-line'
import type { CatalogKey } from './schema'
import { toCatalogLine } from './to-view'
import type { CatalogEntryView } from './view'

/**
 * One line as an admin works on it: what holds, who decided it, how changes land by whose word, and what the platform
 * said of the repository when it was last read. A line that the catalog does not have is null in it, not an error.
 */
export async function getCatalogEntry(actor: MemberActor, key: CatalogKey): Promise<CatalogEntryView> {
  assertCan(actor, 'catalog.override', { universityId: actor.universityId })
  return withScope(actor, async (tx) => {
    const row = await findCatalogRow(tx, keysOf(key))
    const { name } = key
    return {
      line: row && toCatalogLine(row),
      decided: row && (await findDecision(tx, actor.universityId, row)),
      ...(await findLanding(tx, key, row)),
      repository: name === null ? null : await findRepositoryCard(tx, { ...key, name }),
    }
  })
}

async function findDecision(
  tx: Tx,
  universityId: string,
  { decidedByMemberId, ownUpdatedAt }: CatalogListRow,
): Promise<CatalogEntryView['decided']> {
  if (ownUpdatedAt === null) return null
  const names = await findMemberNames(tx, { universityId, memberIds: decidedByMemberId ? [decidedByMemberId] : [] })
  return { at: ownUpdatedAt, byName: names.get(decidedByMemberId ?? '') ?? null }
}

async function findLanding(
  tx: Tx,
  key: CatalogKey,
  row: CatalogListRow | null,
): Promise<Pick<CatalogEntryView, 'landingRules' | 'landingWord'>> {
  const shared = await findSharedLanding(tx, keysOf(key))
  if (shared !== null) {
    const landingWord = shared.isOwnerWide ? 'shared_owner' : 'shared'
    return { landingRules: landingRulesSchema.parse(shared.landing), landingWord }
  }
  return { landingRules: row === null ? MERGED : landingRulesSchema.parse(row.landing), landingWord: 'university' }
}
