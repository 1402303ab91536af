import { z } from 'zod'
import { Prisma } from './generated/client'
import type { Tx } from './scope'

/** Whose data: the person, and at a university the membership. */
export type OwnPerson = { personId: string }
export type OwnMember = OwnPerson & { universityId: string; memberId: string }

/**
 * A list of what is known about a person. Each query names its columns (no secret, no hash of one, nobody else's particulars)
 * and gives a text key that orders the rows, so that any length is read in pages.
 */
export type OwnDataSection<Who> = { name: string; rows: (who: Who) => Prisma.Sql }

type Page = { rows: string[]; lastKey: string | null }

const ROWS_A_PAGE = 500
const pageRows = z.array(z.object({ key: z.string(), row: z.string() }))

/** One page of a section, each row as JSON text. The scope is the person's, and the university's for a membership's. */
export async function readOwnData<Who>(
  tx: Tx,
  section: OwnDataSection<Who>,
  at: { who: Who; afterKey: string | null },
): Promise<Page> {
  const rows = pageRows.parse(
    await tx.$queryRaw<unknown[]>`
      select s.key collate "C" as key, (to_jsonb(s) - 'key')::text as row
        from (${section.rows(at.who)}) s
       where s.key collate "C" > ${at.afterKey ?? ''}
       order by s.key collate "C" limit ${ROWS_A_PAGE}`,
  )
  const lastKey = rows.length < ROWS_A_PAGE ? null : (rows.at(-1)?.key ?? null)
  return { rows: rows.map(({ row }) => row), lastKey }
}

/** What is known of the person, whatever the university. */
export const PERSON_SECTIONS: readonly OwnDataSection<OwnPerson>[] = [
  {
    name: 'person',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, locale, theme, created_at, erased_at from person where id = ${personId}::uuid`,
  },
  {
    name: 'sessions',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, university_id, member_id, created_at, expires_at
        from session where person_id = ${personId}::uuid`,
  },
  {
    name: 'consents',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, kind, version, granted_at, withdrawn_at
        from consent where person_id = ${personId}::uuid`,
  },
  {
    name: 'linkedAccounts',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, platform, platform_user_id, node_id, login, avatar_url, linked_at, unlinked_at, synced_at
        from linked_account where person_id = ${personId}::uuid`,
  },
  {
    name: 'linkAttempts',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, university_id, platform, purpose, account_id, identity, created_at, expires_at,
             consumed_at, finished_at
        from link_attempt where person_id = ${personId}::uuid`,
  },
  {
    name: 'syncRuns',
    rows: ({ personId }) => Prisma.sql`
      select id::text as key, id, account_id, university_id, trigger, state, requested_at, started_at, finished_at,
             sources_total, sources_done, pages, seen, inserted, refreshed, unchanged, skipped, failure_kind, retry_at
        from sync_run where person_id = ${personId}::uuid`,
  },
  {
    name: 'syncSkips',
    rows: ({ personId }) => Prisma.sql`
      select run_id::text || '/' || lpad(ordinal::text, 9, '0') as key, run_id, ordinal, reference, reason
        from sync_skip where person_id = ${personId}::uuid`,
  },
  {
    name: 'syncSources',
    rows: ({ personId }) => Prisma.sql`
      select account_id::text || '/' || source as key, account_id, source, watermark_at, completed_at, failure_kind, failed_at
        from sync_source where person_id = ${personId}::uuid`,
  },
  {
    name: 'contributions',
    rows: ({ personId }) => Prisma.sql`
      select c.id::text as key, c.id, c.platform, r.owner || '/' || r.name as repository, c.kind, c.number, c.ref, c.title, c.url,
             c.author_platform_user_id, c.author_login, c.state, c.created_at, c.updated_at, c.closed_at, c.merged_at,
             c.base_branch, c.labels, c.additions, c.deletions, c.changed_files, c.landing_state, c.landing_rule,
             c.landed_at, c.landed_commit_sha, c.work_id, c.first_seen_at, c.refreshed_at
        from linked_account a
        join contribution c on c.platform = a.platform and c.author_platform_user_id = a.platform_user_id
        join repository r on r.id = c.repository_id
       where a.person_id = ${personId}::uuid`,
  },
  {
    name: 'coAuthoredContributions',
    rows: ({ personId }) => Prisma.sql`
      select w.contribution_id::text || '/' || w.platform_user_id as key, w.contribution_id, w.platform, w.platform_user_id,
             w.login, r.owner || '/' || r.name as repository, c.kind, c.number, c.ref, c.title, c.url, w.seen_at
        from linked_account a
        join contribution_co_author w on w.platform = a.platform and w.platform_user_id = a.platform_user_id
        join contribution c on c.id = w.contribution_id
        join repository r on r.id = c.repository_id
       where a.person_id = ${personId}::uuid`,
  },
  {
    name: 'contributionShares',
    rows: ({ personId }) => Prisma.sql`
      select s.contribution_id::text || '/' || s.platform_user_id as key, s.contribution_id, a.platform, s.platform_user_id,
             s.percent, s.confirmed, g.state
        from linked_account a
        join contribution_share s on s.platform_user_id = a.platform_user_id
        join share_agreement g on g.contribution_id = s.contribution_id
        join contribution c on c.id = s.contribution_id and c.platform = a.platform
       where a.person_id = ${personId}::uuid`,
  },
  {
    name: 'reservedWorks',
    rows: ({ personId }) => Prisma.sql`
      select work_id::text as key, work_id, university_id, claim_id from live_work where person_id = ${personId}::uuid`,
  },
]

const CLAIMS = (who: OwnMember) =>
  Prisma.sql`select id from claim where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`

/** Whatever audit events can be about and is the member's own: themselves, their accounts, claims and credit. */
const OWN_SUBJECTS = (who: OwnMember) => Prisma.sql`
  select 'member' as kind, ${who.memberId}::text as id
  union all select 'person', ${who.personId}::text
  union all select 'account', id::text from linked_account where person_id = ${who.personId}::uuid
  union all select 'claim', id::text from (${CLAIMS(who)}) c
  union all select 'credit_entry', id::text from credit_entry
             where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`

/** What a university knows of its member. */
export const MEMBER_SECTIONS: readonly OwnDataSection<OwnMember>[] = [
  {
    name: 'membership',
    rows: (who) => Prisma.sql`
      select m.id::text as key, m.id, m.number, m.name, d.name as department, m.programme, m.class_name, m.email,
             m.subject, m.status, m.created_at, m.updated_at
        from member m left join department d on d.university_id = m.university_id and d.id = m.department_id
       where m.university_id = ${who.universityId}::uuid and m.id = ${who.memberId}::uuid`,
  },
  {
    name: 'roles',
    rows: (who) => Prisma.sql`
      select role as key, role, source, created_at from member_role
       where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'reviewDepartments',
    rows: (who) => Prisma.sql`
      select d.id::text as key, d.id, d.name, a.created_at from review_assignment a
        join department d on d.university_id = a.university_id and d.id = a.department_id
       where a.university_id = ${who.universityId}::uuid and a.member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'claims',
    rows: (who) => Prisma.sql`
      select q.id::text as key, q.id, t.code as term, q.policy_version_id, q.engine_version, q.state, q.statement,
             q.evidence_state, q.item_count, q.warning_count, q.credit_hundredths, q.created_at, q.updated_at, q.submitted_at
        from claim q join term t on t.university_id = q.university_id and t.id = q.term_id
       where q.university_id = ${who.universityId}::uuid and q.member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'claimItems',
    rows: (who) => Prisma.sql`
      select i.claim_id::text || '/' || i.id::text as key, i.claim_id, i.id, i.ordinal, i.contribution_id, i.work_id,
             i.ai_use, i.ai_use_note, i.warnings, i.judgement, i.outcome, i.outcome_reason, i.outcome_comment
        from claim_item i where i.university_id = ${who.universityId}::uuid and i.claim_id in (${CLAIMS(who)})`,
  },
  {
    name: 'evidence',
    rows: (who) => Prisma.sql`
      select e.id::text as key, e.id, e.claim_id, e.contribution_id, e.content, e.content_sha256, e.captured_at
        from evidence e where e.university_id = ${who.universityId}::uuid and e.claim_id in (${CLAIMS(who)})`,
  },
  {
    name: 'evidenceFiles',
    rows: (who) => Prisma.sql`
      select f.evidence_id::text || '/' || lpad(f.ordinal::text, 9, '0') as key, f.evidence_id, f.ordinal, f.path,
             f.previous_path, f.status, f.additions, f.deletions, f.patch, f.patch_sha256
        from evidence e join evidence_file f on f.university_id = e.university_id and f.evidence_id = e.id
       where e.university_id = ${who.universityId}::uuid and e.claim_id in (${CLAIMS(who)})`,
  },
  {
    name: 'decisionsOnMyClaims',
    rows: (who) => Prisma.sql`
      select d.id::text as key, d.id, d.claim_id, d.stage, d.action, d.reason_code, d.comment, d.items, d.decided_at
        from decision d where d.university_id = ${who.universityId}::uuid and d.claim_id in (${CLAIMS(who)})`,
  },
  {
    // What others wrote in their claims is theirs: only that, when and how the member decided.
    name: 'decisionsByMe',
    rows: (who) => Prisma.sql`
      select d.id::text as key, d.id, d.claim_id, d.stage, d.action, d.decided_at from decision d
       where d.university_id = ${who.universityId}::uuid and d.member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'creditEntries',
    rows: (who) => Prisma.sql`
      select lpad(e.sequence::text, 19, '0') as key, e.sequence, e.id, e.kind, e.claim_id, e.corrects_entry_id,
             t.code as term, e.credit_hundredths, e.policy_version_id, e.engine_version, e.calculation,
             e.calculation_hash, e.evidence_hashes, e.student_digest, e.reason, e.issued_at, e.previous_hash, e.hash,
             p.student_number, p.name, p.college, p.programme, p.class_name, p.erased_at,
             f.filing_id, g.created_at as filed_at
        from credit_entry e
        join term t on t.university_id = e.university_id and t.id = e.term_id
        left join credit_entry_student p on p.university_id = e.university_id and p.sequence = e.sequence
        left join filing_entry f on f.university_id = e.university_id and f.sequence = e.sequence
        left join filing g on g.university_id = f.university_id and g.id = f.filing_id
       where e.university_id = ${who.universityId}::uuid and e.member_id = ${who.memberId}::uuid`,
  },
  {
    // A notice to admins tells of somebody else's contribution.
    name: 'notifications',
    rows: (who) => Prisma.sql`
      select n.id::text as key, n.id, n.code, n.created_at, n.read_at,
             case when n.code not like 'approved_contribution_%' then n.data end as data
        from notification n where n.university_id = ${who.universityId}::uuid and n.member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'rosterImportsByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, file_name, file_sha256, summary, state, created_at, applied_at from roster_import
       where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'reportExportsByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, format, encoding, row_count, content_sha256, created_at from report_export
       where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'filingsByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, term_id, ordinal, entry_count, created_at from filing
       where university_id = ${who.universityId}::uuid and created_by_member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'policyVersionsByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, version, status, created_at, published_at from policy_version
       where university_id = ${who.universityId}::uuid and created_by_member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'catalogEntriesByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, platform, owner, name, status, created_at, updated_at from university_catalog_entry
       where university_id = ${who.universityId}::uuid and decided_by_member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'catalogImportsByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, file_name, file_sha256, summary, state, created_at, applied_at from catalog_import
       where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'syncPausesByMe',
    rows: (who) => Prisma.sql`
      select platform as key, platform, reason, paused_at from sync_pause
       where university_id = ${who.universityId}::uuid and paused_by_member_id = ${who.memberId}::uuid`,
  },
  {
    name: 'nominations',
    rows: (who) => Prisma.sql`
      select id::text as key, id, platform, owner, name, why, state, duplicate_of_id, created_at, decided_at, decision_reason
        from catalog_nomination where university_id = ${who.universityId}::uuid and member_id = ${who.memberId}::uuid`,
  },
  {
    // Who put it forward, and why, is theirs.
    name: 'nominationsDecidedByMe',
    rows: (who) => Prisma.sql`
      select id::text as key, id, platform, owner, name, state, decided_at, decision_reason from catalog_nomination
       where university_id = ${who.universityId}::uuid and decided_by_member_id = ${who.memberId}::uuid`,
  },
  {
    // A preview's rows are kept until it is imported or dropped.
    name: 'rosterRows',
    rows: (who) => Prisma.sql`
      select i.id::text || '/' || lpad(e.place::text, 9, '0') as key, i.id as import_id, i.created_at, e.line as row
        from roster_import i
        join member m on m.university_id = i.university_id and m.id = ${who.memberId}::uuid
       cross join lateral jsonb_array_elements(i.rows) with ordinality as e(line, place)
       where i.university_id = ${who.universityId}::uuid and i.state = 'previewed'
         and (e.line ->> 'memberId' = m.id::text or e.line ->> 'number' = m.number)`,
  },
  {
    // A bad row is kept cell by cell: the member's are those that hold what the member is known by.
    name: 'rosterProblems',
    rows: (who) => Prisma.sql`
      select i.id::text || '/' || lpad(e.place::text, 9, '0') as key, i.id as import_id, i.created_at, e.problem
        from roster_import i
        join member m on m.university_id = i.university_id and m.id = ${who.memberId}::uuid
       cross join lateral jsonb_array_elements(i.problems) with ordinality as e(problem, place)
       where i.university_id = ${who.universityId}::uuid
         and (e.problem ->> 'other' = m.number
           or nullif(e.problem ->> 'value', '') in (m.number, m.name, m.email))`,
  },
  {
    // What the member did, and what was done to what is theirs; the particulars only where they are the member's own.
    // Each half has its index: a university's whole audit is not read for one member.
    name: 'auditEvents',
    rows: (who) => Prisma.sql`
      select a.id::text as key, a.id, a.occurred_at, a.action, a.subject_kind,
             a.actor_member_id is not distinct from ${who.memberId}::uuid as by_me,
             case when own.it then a.subject_id end as subject_id, case when own.it then a.data end as data
        from (select * from audit_event
               where university_id = ${who.universityId}::uuid and actor_member_id = ${who.memberId}::uuid
              union
              select e.* from (${OWN_SUBJECTS(who)}) s
                join audit_event e on e.university_id = ${who.universityId}::uuid
                 and e.subject_kind = s.kind and e.subject_id = s.id) a
       cross join lateral (select (a.subject_kind, a.subject_id) in (${OWN_SUBJECTS(who)})
             or (a.subject_kind = 'session' and a.actor_member_id = ${who.memberId}::uuid) as it) own`,
  },
]

const membership = z.object({
  universityId: z.string(),
  memberId: z.string(),
  slug: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
})
export type OwnMembership = z.infer<typeof membership>

/** Where the person is, or was, a member. The scope is the person's. */
export async function listOwnMemberships(tx: Tx, personId: string): Promise<OwnMembership[]> {
  const rows = await tx.$queryRaw<unknown[]>`
    select m.university_id::text as "universityId", m.id::text as "memberId", u.slug,
           u.name_zh as "nameZh", u.name_en as "nameEn"
      from member m join university u on u.id = m.university_id
     where m.person_id = ${personId}::uuid order by u.slug`
  return z.array(membership).parse(rows)
}
