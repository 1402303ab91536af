import { listCatalogEntriesFor } from '@/lib/db/catalog-entries'
import type { Tx } from '@/lib/db/scope'
import { type CatalogEntry, type CatalogSubject, entryCovers, resolveCatalog } from '@/lib/domain/catalog'
import type { LandingRules } from '@/lib/domain/landing-rule'

/** The landing rules of each repository, by its platform id. */
export type RulesByRepository = ReadonlyMap<string, LandingRules>

/** Reads the rules that the catalog gives for some repositories, in two queries. */
export async function readLandingRules(tx: Tx, subjects: readonly CatalogSubject[]): Promise<RulesByRepository> {
  const entries = await listCatalogEntriesFor(tx, subjects)
  return new Map(subjects.map((subject) => [subject.platformRepositoryId, landingRulesOf(subject, entries)]))
}

/**
 * The shared base's rules. Facts are shared by all universities, so a university's own word says how they landed only in a
 * repository of which the shared base says nothing.
 */
export function landingRulesOf(subject: CatalogSubject, entries: readonly CatalogEntry[]): LandingRules {
  const shared = entries.filter(({ universityId }) => universityId === null)
  const isShared = shared.some((entry) => entryCovers(entry, subject))
  return resolveCatalog(subject, isShared ? shared : entries).landing
}
