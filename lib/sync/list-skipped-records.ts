import { z } from 'zod'
import { withScope } from '@/lib/db/scope'
import { listAccountSkips, listRepositorySkips, type SkippedRow } from '@/lib/db/sync-skip-list'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeKeyset, parseKeyset } from '@/lib/domain/keyset'
import { assertCan } from '@/lib/domain/permissions'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { readCatalogKeys } from './catalog-keys'
import type { SkippedRecordsQuery } from './schema'
import type { SkippedRecordView } from './view'

const A_PAGE = 50

const placeSchema = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.string().max(500)])

/**
 * Records of the university's accounts and of its catalog's repositories that could not be used, newest first.
 * @throws AppError invalid `bad_cursor`
 */
export async function listUniversitySkips(
  actor: MemberActor,
  { platform, cursor }: SkippedRecordsQuery,
  deps: { platforms?: Platforms } = {},
): Promise<{ records: SkippedRecordView[]; nextCursor: string | null }> {
  const { universityId } = actor
  assertCan(actor, 'sync.health', { universityId })
  const before = parsePlace(cursor)
  const port = (deps.platforms ?? createPlatforms())[platform]
  const keys = port.sync === 'by_repository' ? await readCatalogKeys({ universityId, platform: port }) : null
  const page = { platform, before, limit: A_PAGE + 1 }
  const rows = await withScope({ universityId }, async (tx) => [
    ...(await listAccountSkips(tx, { ...page, universityId })),
    ...(keys === null ? [] : await listRepositorySkips(tx, { ...page, ...keys })),
  ])
  const sorted = rows.toSorted(newestFirst)
  const shown = sorted.slice(0, A_PAGE)
  const last = sorted.length > A_PAGE ? shown.at(-1) : undefined
  return {
    records: shown.map(({ key, platform: _, ...record }) => ({ ...record, id: key })),
    nextCursor: last ? encodeKeyset([last.at.toISOString(), last.key]) : null,
  }
}

function parsePlace(cursor: string | null): { at: Date; key: string } | null {
  if (cursor === null) return null
  const read = placeSchema.safeParse(parseKeyset(cursor, 2))
  if (!read.success) throw new AppError('invalid', 'bad_cursor')
  return { at: read.data[0], key: read.data[1] }
}

/** As the two lists themselves are ordered. */
function newestFirst(a: SkippedRow, b: SkippedRow): number {
  return b.at.getTime() - a.at.getTime() || (a.key < b.key ? 1 : -1)
}
