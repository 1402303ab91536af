import type pg from 'pg'
import {
  COMMIT_TRAILER_OF_META,
  COPYBARA,
  GHSTACK,
  type LandingRule,
  type LandingRules,
  PYTORCH,
} from '@/lib/domain/landing-rule'
import { type CatalogLineKey, jobs } from '@/lib/queue/jobs'

/** What the landing column of the file says, as rules. */
const LANDINGS: Record<string, readonly LandingRule[]> = {
  merged: [{ rule: 'merged' }],
  none: [{ rule: 'none' }],
  'pytorch-label': PYTORCH,
  'meta-trailer': [COMMIT_TRAILER_OF_META],
  ghstack: GHSTACK,
  copybara: [COPYBARA],
}

/** A cell as rules, each once; throws for a code that there are no rules for. */
export function parseLanding(cell: string, lineNumber: number): LandingRules {
  const rules = cell.split('+').flatMap((code) => {
    const known = LANDINGS[code]
    if (!known) throw new Error(`catalog.tsv, line ${lineNumber}: unknown landing "${code}"`)
    return known
  })
  // PyTorch brings the trailer with it, and so does ghstack.
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()]
}

type LandingRow = { platform: string; owner_key: string; name_key: string; landing: LandingRules }

/**
 * Entries that nobody changed since they were seeded take over how changes land there by the file of today; for each, what
 * is stored of its repositories is read again by a job.
 */
export async function updateLandings(client: pg.Client, rows: readonly LandingRow[]): Promise<{ changed: number }> {
  const { rows: changed } = await client.query<CatalogLineKey>(
    `update catalog_entry c set landing = r.landing, updated_at = now()
       from jsonb_to_recordset($1::jsonb) as r(platform text, owner_key text, name_key text, landing jsonb)
      where c.platform = r.platform and c.owner_key = r.owner_key and c.name_key = r.name_key
        and c.version = 1 and c.landing <> r.landing
     returning c.platform, c.owner_key as "ownerKey", c.name_key as "nameKey", c.platform_id as "platformId",
               c.alias_keys as "aliasKeys"`,
    [
      JSON.stringify(
        rows.map(({ platform, owner_key, name_key, landing }) => ({ platform, owner_key, name_key, landing })),
      ),
    ],
  )
  for (const line of changed) {
    const { payload, key, maxAttempts } = jobs['reread-all'].prepare({ of: { kind: 'catalog', line } })
    await client.query('select enqueue_job($1, $2::json, null, null, $3, $4, $5)', [
      'reread-all',
      payload,
      maxAttempts,
      key,
      'replace',
    ])
  }
  return { changed: changed.length }
}
