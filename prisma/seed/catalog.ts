import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { COMMIT_TRAILER_OF_META, type LandingRule, type LandingRules, PYTORCH } from '@/lib/domain/landing-rule'

type CatalogRow = {
  platform: string
  owner: string
  name: string | null
  platformId: string | null
  kind: string
  tier: string
  status: string
  reason: string
  landing: LandingRules
  license: string | null
  lab: string
  formerNames: string[]
}

/** What the landing column of the file says, as rules. */
const LANDINGS: Record<string, readonly LandingRule[]> = {
  merged: [{ rule: 'merged' }],
  none: [{ rule: 'none' }],
  'pytorch-label': PYTORCH,
  'meta-trailer': [COMMIT_TRAILER_OF_META],
}

const COLUMNS = 11

/** Reads the catalog's facts; a line that does not fit stops the seed and is named. */
export function readCatalog(file: URL = new URL('./catalog.tsv', import.meta.url)): CatalogRow[] {
  const [, ...lines] = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line, index) => parseLine(line, index + 2))
}

function parseLine(line: string, lineNumber: number): CatalogRow {
  const cells = line.split('\t')
  const [platform, owner, name, id, kind, tier, status, landing, license, lab, formerNames] = cells
  if (cells.length !== COLUMNS || !platform || !owner || !name || !kind || !tier || !status || !landing) {
    throw new Error(`catalog.tsv, line ${lineNumber}: expected ${COLUMNS} cells`)
  }
  return {
    platform,
    owner,
    name: name === '*' ? null : name,
    platformId: id || null,
    kind,
    tier,
    status,
    reason: status === 'proposed' ? 'mixed_owner' : 'seeded',
    landing: parseLanding(landing, lineNumber),
    license: license || null,
    lab: lab ?? '',
    formerNames: (formerNames ?? '').split(' ').filter(Boolean),
  }
}

function parseLanding(cell: string, lineNumber: number): LandingRules {
  const rules = cell.split('+').flatMap((code) => {
    const known = LANDINGS[code]
    if (!known) throw new Error(`catalog.tsv, line ${lineNumber}: unknown landing "${code}"`)
    return known
  })
  // PYTORCH brings the trailer with it; a rule stands once.
  return rules.filter((rule, index) => rules.findIndex((other) => other.rule === rule.rule) === index)
}

/** Adds the entries that are missing from the shared base; what an operator has changed since stays. */
export async function seedCatalog(client: pg.Client): Promise<{ added: number }> {
  const rows = readCatalog().map((row) => ({
    ...row,
    owner_key: row.owner.toLowerCase(),
    name_key: row.name?.toLowerCase() ?? '',
    alias_keys: row.formerNames.map((name) => name.toLowerCase()),
  }))
  const result = await client.query(
    `insert into catalog_entry (id, platform, owner, name, owner_key, name_key, platform_id, status, reason, kind, tier,
       landing, accepted_branches, lab, license, alias_keys)
     select gen_random_uuid(), r.platform, r.owner, r.name, r.owner_key, r.name_key, r."platformId", r.status, r.reason,
       r.kind, r.tier, r.landing, '{}', r.lab, r.license, r.alias_keys
     from jsonb_to_recordset($1::jsonb) as r(platform text, owner text, name text, owner_key text, name_key text,
       "platformId" text, status text, reason text, kind text, tier text, landing jsonb, lab text, license text,
       alias_keys text[])
     on conflict (platform, owner_key, name_key) do nothing`,
    [JSON.stringify(rows)],
  )
  return { added: result.rowCount ?? 0 }
}
