import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { type CatalogHome, catalogHomeSchema, homeKeysOf } from '@/lib/domain/catalog-home'
import type { LandingRules } from '@/lib/domain/landing-rule'
import { parseLanding, updateLandings } from './landings'

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

type HomeRow = { platform: string; owner: string; name: string | null; home: CatalogHome }

const HOME_COLUMNS = 9

/** Reads where else catalogued projects stand: the first three cells name the entry. */
export function readCatalogHomes(file: URL = new URL('./catalog-homes.tsv', import.meta.url)): HomeRow[] {
  const [, ...lines] = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line, index) => {
    const cells = line.split('\t')
    const [platform, owner, name, at, homeOwner, homeName, platformId, role, since] = cells
    const home = catalogHomeSchema.safeParse({
      platform: at,
      owner: homeOwner,
      name: homeName === '*' ? null : homeName,
      platformId: platformId || null,
      role,
      since: since || null,
    })
    if (cells.length !== HOME_COLUMNS || !platform || !owner || !name || !home.success) {
      throw new Error(`catalog-homes.tsv, line ${index + 2}: not a home`)
    }
    return { platform, owner, name: name === '*' ? null : name, home: home.data }
  })
}

/**
 * Adds the entries that are missing from the shared base, and their homes, and takes over rules of landing that were put
 * right; what an operator has changed since stays.
 */
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
  await updateLandings(client, rows)
  await seedHomes(client)
  return { added: result.rowCount ?? 0 }
}

/** A mirror that was an entry of its own before is one project with its origin now, unless somebody changed it. */
async function seedHomes(client: pg.Client): Promise<void> {
  const projects = Map.groupBy(readCatalogHomes(), ({ platform, owner, name }) => `${platform}:${owner}/${name ?? ''}`)
  const rows = [...projects.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const homes = group.map(({ home }) => home)
    const key = {
      platform: first.platform,
      owner_key: first.owner.toLowerCase(),
      name_key: first.name?.toLowerCase() ?? '',
    }
    return [{ ...key, homes, home_keys: homeKeysOf(homes) }]
  })
  await client.query(
    `update catalog_entry e set homes = r.homes, home_keys = r.home_keys
       from jsonb_to_recordset($1::jsonb) as r(platform text, owner_key text, name_key text, homes jsonb, home_keys text[])
      where e.platform = r.platform and e.owner_key = r.owner_key and e.name_key = r.name_key and e.homes = '[]'`,
    [JSON.stringify(rows)],
  )
  await client.query(
    `delete from catalog_entry where version = 1 and reason in ('seeded', 'mixed_owner')
        and platform || ':' || owner_key || '/' || name_key = any($1::text[])`,
    [rows.flatMap(({ home_keys }) => home_keys)],
  )
}
