import pg from 'pg'

export type BenchUniversity = { universityId: string; adminMemberId: string; adminPersonId: string }

const STUDENTS = 20_000
/** Lines for each claim: a million claims with their evidence would tell nothing more and take an hour to write. */
const LINES_A_CLAIM = 5

/** A university whose ledger has so many lines, written by SQL past triggers and foreign keys. */
export async function seedLedger(superuserUrl: string, rows: number): Promise<BenchUniversity> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  try {
    await client.query(`set session_replication_role = replica; select setseed(0.23)`)
    const university = await seedPlace(client)
    await seedClaims(client, university.universityId, Math.ceil(rows / LINES_A_CLAIM))
    await seedLines(client, university.universityId, rows)
    await client.query('vacuum (analyze) credit_entry, credit_entry_student, evidence, claim, member')
    return university
  } finally {
    await client.end()
  }
}

async function seedPlace(client: pg.Client): Promise<BenchUniversity> {
  const { rows } = await client.query<BenchUniversity>(
    `with u as (insert into university (id, slug, name_zh, name_en) values (gen_random_uuid(), 'bench', '基准大学', 'Bench') returning id),
          a as (insert into member (university_id, id, person_id, number, name) select id, gen_random_uuid(), gen_random_uuid(), 'admin', '教务处' from u returning university_id, id, person_id)
     select university_id as "universityId", id as "adminMemberId", person_id as "adminPersonId" from a`,
  )
  const [university] = rows
  if (!university) throw new Error('no university was written')
  const { universityId } = university
  await client.query(
    `insert into term (university_id, id, code, name_zh, name_en, starts_at, ends_at)
     values ($1, gen_random_uuid(), '2026-autumn', '2026—2027 学年秋季学期', 'Autumn 2026', '2026-09-01', '2027-03-01')`,
    [universityId],
  )
  await client.query(
    `insert into policy_version (university_id, id, version, status, document, document_sha256, published_at)
     values ($1, gen_random_uuid(), 1, 'published', '{}', '', now())`,
    [universityId],
  )
  await client.query(
    `insert into member (university_id, id, number, name, programme, class_name)
     select $1, gen_random_uuid(), '0' || (230417000 + n), '学生' || n, (array['软件工程', '计算机科学与技术', '人工智能'])[1 + n % 3], '23' || lpad((n % 12)::text, 2, '0')
       from generate_series(1, ${STUDENTS}) n`,
    [universityId],
  )
  return university
}

/** One to three works each, in repositories of many names. */
async function seedClaims(client: pg.Client, universityId: string, claims: number): Promise<void> {
  await client.query(
    `create temp table c as select n, gen_random_uuid() as id, m.id as member_id, m.number, m.name, m.programme, m.class_name
       from generate_series(1, ${claims}) n
       join (select *, row_number() over () as k from member where university_id = $1 and number <> 'admin') m on m.k = 1 + n % ${STUDENTS}`,
    [universityId],
  )
  await client.query(
    `insert into claim (university_id, id, member_id, person_id, term_id, policy_version_id, engine_version, state)
     select $1, c.id, c.member_id, gen_random_uuid(), t.id, v.id, 1, 'approved'
       from c, (select id from term where university_id = $1) t, (select id from policy_version where university_id = $1) v`,
    [universityId],
  )
  await client.query(
    `create temp table i as select c.n, c.id as claim_id, gen_random_uuid() as contribution_id, k, (random() * 5000)::int as repository
       from c cross join lateral generate_series(1, 1 + c.n % 3) k`,
  )
  await client.query(
    `insert into evidence (university_id, id, claim_id, contribution_id, content, content_sha256, captured_at)
     select $1, gen_random_uuid(), claim_id, contribution_id,
            jsonb_build_object('repository', jsonb_build_object('fullName', 'lab-' || repository % 400 || '/model-' || repository)),
            md5(contribution_id::text) || md5(claim_id::text), now()
       from i`,
    [universityId],
  )
}

async function seedLines(client: pg.Client, universityId: string, rows: number): Promise<void> {
  await client.query(
    `create temp table d as select claim_id, jsonb_build_object('items', jsonb_agg(jsonb_build_object(
       'contributionId', contribution_id, 'tier', (array['flagship', 'standard', 'emerging'])[1 + repository % 3]))) as calculation,
       string_agg('lab-' || repository % 400 || '/model-' || repository, '; ') as repository_names,
       'flagship,standard' as tiers, count(*)::int as item_count
       from i group by claim_id`,
  )
  await client.query(
    `insert into credit_entry (university_id, sequence, id, kind, claim_id, member_id, term_id, credit_hundredths, policy_version_id,
       engine_version, calculation, calculation_hash, evidence_hashes, student_digest, approved_by_member_id, issued_at, previous_hash, hash,
       repository_names, tiers, item_count)
     select $1, (c.n - 1) * ${LINES_A_CLAIM} + k, gen_random_uuid(), 'award', c.id, c.member_id, t.id, 25 * (1 + c.n % 8), v.id, 1,
            d.calculation, md5(c.id::text), '{}', md5(c.id::text), gen_random_uuid(),
            '2026-09-01'::timestamptz + ((c.n - 1) * ${LINES_A_CLAIM} + k) * interval '10 seconds',
            'p' || ((c.n - 1) * ${LINES_A_CLAIM} + k), md5(k::text) || md5(c.id::text),
            d.repository_names, d.tiers, d.item_count
       from c join d on d.claim_id = c.id cross join generate_series(1, ${LINES_A_CLAIM}) k,
            (select id from term where university_id = $1) t, (select id from policy_version where university_id = $1) v
      where (c.n - 1) * ${LINES_A_CLAIM} + k <= ${rows}
      order by 2`,
    [universityId],
  )
  await client.query(
    `insert into credit_entry_student (university_id, sequence, student_number, name, college, programme, class_name, salt)
     select $1, e.sequence, c.number, c.name, '计算机学院', c.programme, c.class_name, 's'
       from credit_entry e join c on c.id = e.claim_id where e.university_id = $1 order by e.sequence`,
    [universityId],
  )
  await client.query(
    `insert into ledger_head (university_id, sequence, hash)
     select university_id, sequence, hash from credit_entry where university_id = $1 order by sequence desc limit 1`,
    [universityId],
  )
}
