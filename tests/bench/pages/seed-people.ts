import type pg from 'pg'
import { canonicalHash } from '@/lib/domain/canonical-json'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { copyRows } from './copy-rows'
import { type BenchAccount, type BenchMember, type BenchUniversity, DAY_MS, Dice, idOf } from './world'

const KIND = { university: 1, department: 2, term: 3, policy: 4, person: 5, member: 6, account: 7, run: 8, consent: 9 }
const COLLEGES = ['计算机', '人工智能', '软件', '电子信息', '自动化', '数学与统计', '机械工程', '经济与管理']
const TERM_DAYS = 180
const TERMS = 6

/** Two universities: departments, six terms of which the last runs, a published version of the rules and a draft. */
export async function seedUniversities(client: pg.Client, now: Date): Promise<BenchUniversity[]> {
  const universities = ['first', 'second'].map((slug, index) => universityOf(slug, index, now))
  await copyRows(
    client,
    'university',
    ['id', 'slug', 'name_zh', 'name_en'],
    universities.map(({ id, slug }) => [id, slug, `基准大学 ${slug}`, `Bench University ${slug}`]),
  )
  await copyRows(
    client,
    'university_settings',
    ['university_id'],
    universities.map(({ id }) => [id]),
  )
  await copyRows(
    client,
    'department',
    ['university_id', 'id', 'name'],
    universities.flatMap(({ id, departments }) => departments.map((one) => [id, one.id, one.name])),
  )
  await copyRows(
    client,
    'term',
    ['university_id', 'id', 'code', 'name_zh', 'name_en', 'starts_at', 'ends_at', 'closed_at'],
    universities.flatMap(({ id, terms }) =>
      terms.map((term) => [
        ...[id, term.id, term.code, `学期 ${term.code}`, `Term ${term.code}`],
        ...[term.startsAt, term.endsAt, term.closed ? term.endsAt : null],
      ]),
    ),
  )
  const sha = canonicalHash(DEFAULT_POLICY)
  await copyRows(
    client,
    'policy_version',
    ['university_id', 'id', 'version', 'status', 'document', 'document_sha256', 'published_at'],
    universities.flatMap(({ id, policyVersionId }, index) => [
      [id, policyVersionId, 1, 'published', { json: DEFAULT_POLICY }, sha, new Date(now.getTime() - 1000 * DAY_MS)],
      [id, idOf(KIND.policy, 100 + index), 2, 'draft', { json: DEFAULT_POLICY }, sha, null],
    ]),
  )
  return universities
}

function universityOf(slug: string, index: number, now: Date): BenchUniversity {
  const termStart = (term: number) => new Date(now.getTime() - (TERM_DAYS * (TERMS - term) - 90) * DAY_MS)
  return {
    id: idOf(KIND.university, index),
    slug,
    policyVersionId: idOf(KIND.policy, index),
    departments: COLLEGES.map((name, place) => ({
      id: idOf(KIND.department, index * 100 + place),
      name: `${name}学院`,
    })),
    terms: Array.from({ length: TERMS }, (_, term) => ({
      id: idOf(KIND.term, index * 100 + term),
      code: `t${term + 1}`,
      startsAt: termStart(term),
      endsAt: termStart(term + 1),
      closed: term < TERMS - 2,
    })),
  }
}

type People = { universities: readonly BenchUniversity[]; students: number; staff: number }

/** Seven students in ten are at the first university; every department has its reviewers. */
export async function seedMembers(
  client: pg.Client,
  { universities, students, staff }: People,
): Promise<BenchMember[]> {
  const members: BenchMember[] = []
  const add = (role: BenchMember['role'], count: number) => {
    for (let index = 0; index < count; index += 1) {
      const serial = members.length + 1
      const university = universities[index % 10 < 7 ? 0 : 1]
      if (!university) throw new Error('no university')
      members.push({
        university,
        memberId: idOf(KIND.member, serial),
        personId: idOf(KIND.person, serial),
        number: `0${230_000_000 + serial}`,
        name: `${role === 'student' ? '学生' : '老师'}${serial}`,
        role,
        departmentIndex: serial % COLLEGES.length,
      })
    }
  }
  add('student', students)
  add('reviewer', staff * 2)
  add('admin', staff)
  await copyRows(
    client,
    'person',
    ['id', 'locale'],
    members.map(({ personId }, index) => [personId, index % 5 === 0 ? 'en' : 'zh-CN']),
  )
  await copyRows(
    client,
    'member',
    [
      'university_id',
      'id',
      'person_id',
      'number',
      'name',
      'department_id',
      'programme',
      'class_name',
      'email',
      'subject',
    ],
    members.map((one) => [
      ...[one.university.id, one.memberId, one.personId, one.number, one.name, departmentOf(one).id],
      ...['软件工程', '2301', `${one.number}@example.edu`, `subject-${one.number}`],
    ]),
  )
  await copyRows(
    client,
    'member_role',
    ['university_id', 'member_id', 'role', 'source'],
    members.map((one) => [one.university.id, one.memberId, one.role, 'roster']),
  )
  await copyRows(
    client,
    'review_assignment',
    ['university_id', 'member_id', 'department_id'],
    members
      .filter(({ role }) => role === 'reviewer')
      .flatMap((one) => [0, 3].map((step) => [one.university.id, one.memberId, departmentOf(one, step).id])),
  )
  return members
}

export function departmentOf({ university, departmentIndex }: BenchMember, step = 0): { id: string; name: string } {
  const found = university.departments[(departmentIndex + step) % university.departments.length]
  if (!found) throw new Error('no department')
  return found
}

/** Every student has GitHub, three in ten Gitee too, with sources and runs behind them. */
export async function seedAccounts(
  client: pg.Client,
  members: readonly BenchMember[],
  now: Date,
): Promise<BenchAccount[]> {
  const dice = new Dice(7)
  const students = members.filter(({ role }) => role === 'student')
  const accounts = students.flatMap((owner, index): BenchAccount[] =>
    (index % 10 < 3 ? (['github', 'gitee'] as const) : (['github'] as const)).map((platform) => {
      const serial = index * 2 + (platform === 'github' ? 0 : 1)
      const platformUserId = String(7_000_000 + serial)
      return { id: idOf(KIND.account, serial), owner, platform, platformUserId, login: `coder-${serial}` }
    }),
  )
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await copyRows(
    client,
    'linked_account',
    ['id', 'person_id', 'platform', 'platform_user_id', 'login', 'linked_at', 'synced_at'],
    accounts.map((one) => [
      one.id,
      one.owner.personId,
      one.platform,
      one.platformUserId,
      one.login,
      ago(300),
      ago(0.3),
    ]),
  )
  await copyRows(
    client,
    'consent',
    ['id', 'person_id', 'kind', 'version', 'granted_at'],
    students.map(({ personId }, index) => [idOf(KIND.consent, index), personId, 'linking', 1, ago(300)]),
  )
  await copyRows(
    client,
    'sync_source',
    ['account_id', 'source', 'person_id', 'watermark_at', 'completed_at'],
    accounts.flatMap(({ id, platform, owner }) =>
      (platform === 'github'
        ? ['pull-requests']
        : Array.from({ length: 30 }, (_, n) => `repository:owner/name-${n}`)
      ).map((source) => [id, source, owner.personId, ago(0.3), ago(0.3)]),
    ),
  )
  const runs = accounts.flatMap((account) => [0.3, 1.3, 2.3, 3.3].map((days) => ({ account, at: ago(days) })))
  await copyRows(
    client,
    'sync_run',
    [
      ...['id', 'account_id', 'person_id', 'university_id', 'trigger', 'state', 'requested_at', 'started_at'],
      ...['finished_at', 'pages', 'seen', 'unchanged', 'skipped'],
    ],
    runs.map(({ account: { id, owner }, at }, index) => [
      ...[idOf(KIND.run, index), id, owner.personId, owner.university.id, 'nightly', 'done', at, at, at],
      ...[1, 20, 19, 1],
    ]),
  )
  await copyRows(
    client,
    'sync_skip',
    ['run_id', 'ordinal', 'person_id', 'reference', 'reason'],
    runs.map(({ account: { owner } }, index) => [
      ...[idOf(KIND.run, index), 1, owner.personId],
      ...[`owner/name#${dice.between(1, 900)}`, 'unreadable_record'],
    ]),
  )
  return accounts
}
