import type pg from 'pg'
import { canonicalHash } from '@/lib/domain/canonical-json'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { startOfDay } from '@/lib/domain/term'
import { saveDemoConnections } from './demo-connections'
import { fetchDemoPeople } from './demo-people'
import { seedRoster } from './demo-roster'

const TIME_ZONE = 'Asia/Shanghai'

export const DEMO_UNIVERSITIES = [
  {
    slug: 'yunlu',
    nameZh: '云麓大学',
    nameEn: 'Yunlu University',
    departments: ['计算机学院', '人工智能学院', '数学与统计学院'],
  },
  {
    slug: 'haicheng',
    nameZh: '海澄理工大学',
    nameEn: 'Haicheng Institute of Technology',
    departments: ['软件学院', '电子信息学院'],
  },
] as const

export type DemoUniversity = (typeof DEMO_UNIVERSITIES)[number]

const TERMS = [
  ['2025-autumn', '2025—2026 学年秋季学期', 'Autumn 2025', '2025-09-01', '2026-03-01'],
  ['2026-spring', '2025—2026 学年春季学期', 'Spring 2026', '2026-03-01', '2026-09-01'],
  ['2026-autumn', '2026—2027 学年秋季学期', 'Autumn 2026', '2026-09-01', '2027-03-01'],
] as const

/** Both universities of the demo with connections to the sandbox, departments, terms, rules and people. */
export async function seedDemo(client: pg.Client, sandboxUrl: string): Promise<void> {
  const people = await fetchDemoPeople(sandboxUrl)
  for (const university of DEMO_UNIVERSITIES) {
    const universityId = await seedUniversity(client, university)
    await saveDemoConnections(client, { universityId, university, sandboxUrl })
    await seedTerms(client, universityId)
    await seedPolicy(client, universityId)
    const memberships = people.flatMap((person) =>
      person.memberships
        .filter((membership) => membership.university === university.slug)
        .map((membership) => ({ ...membership, name: person.name })),
    )
    await seedRoster(client, universityId, memberships)
  }
}

async function seedUniversity(client: pg.Client, university: DemoUniversity): Promise<string> {
  const { slug, nameZh, nameEn, departments } = university
  await client.query(
    `insert into university (id, slug, name_zh, name_en, time_zone) values (gen_random_uuid(), $1, $2, $3, $4)
     on conflict (slug) do nothing`,
    [slug, nameZh, nameEn, TIME_ZONE],
  )
  const found = await client.query<{ id: string }>('select id from university where slug = $1', [slug])
  const id = found.rows[0]?.id
  if (id === undefined) throw new Error(`the university ${slug} was not added`)
  await client.query('insert into university_settings (university_id) values ($1) on conflict do nothing', [id])
  await client.query(
    `insert into department (university_id, id, name) select $1, gen_random_uuid(), name from unnest($2::text[]) name
     on conflict (university_id, name) do nothing`,
    [id, departments],
  )
  return id
}

async function seedTerms(client: pg.Client, universityId: string): Promise<void> {
  for (const [code, nameZh, nameEn, from, to] of TERMS) {
    await client.query(
      `insert into term (university_id, id, code, name_zh, name_en, starts_at, ends_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $6) on conflict (university_id, code) do nothing`,
      [universityId, code, nameZh, nameEn, startOfDay(from, TIME_ZONE), startOfDay(to, TIME_ZONE)],
    )
  }
}

async function seedPolicy(client: pg.Client, universityId: string): Promise<void> {
  await client.query(
    `insert into policy_version (university_id, id, version, status, document, document_sha256, published_at)
     values ($1, gen_random_uuid(), 1, 'published', $2, $3, now()) on conflict (university_id, version) do nothing`,
    [universityId, JSON.stringify(DEFAULT_POLICY), canonicalHash(DEFAULT_POLICY)],
  )
}
