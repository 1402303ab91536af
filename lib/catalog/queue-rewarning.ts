import type { Tx } from '@/lib/db/scope'
import type { Platform } from '@/lib/domain/platform'
import { enqueue } from '@/lib/queue/enqueue'
import type { CatalogLineKey } from '@/lib/queue/jobs'

export type CatalogLine = {
  platform: Platform
  owner: string
  name: string | null
  platformId?: string | null
  aliasKeys?: readonly string[]
}

/**
 * The catalog's word on a line is another one, once this is committed: live claims that it touches are looked at again by
 * a job, a page at a time. Without a university it was the shared base's word, and all universities' claims are.
 */
export async function queueRewarning(tx: Tx, universityId: string | null, line: CatalogLine): Promise<void> {
  const change = { kind: 'catalog' as const, line: lineKeyOf(line) }
  await enqueue(tx, 'rewarn-claims', { universityId, change, afterClaimId: null })
}

/** A line by all that finds the repositories it speaks of, as a job carries it. */
export function lineKeyOf({ platform, owner, name, platformId = null, aliasKeys = [] }: CatalogLine): CatalogLineKey {
  return {
    platform,
    ownerKey: owner.toLowerCase(),
    nameKey: name?.toLowerCase() ?? '',
    platformId,
    aliasKeys: [...aliasKeys],
  }
}
