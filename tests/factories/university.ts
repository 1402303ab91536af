import { canonicalHash } from '@/lib/domain/canonical-json'
import type { CreditPolicy } from '@/lib/domain/credit-policy'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { nextNumber, type TestWorld } from './world'

export type TestUniversity = {
  universityId: string
  slug: string
  departmentId: string
  otherDepartmentId: string
  /** Open, holds {@link NOW}. */
  termId: string
  termCode: string
  /** The term before it; open too. */
  pastTermId: string
  policyVersionId: string
  policy: CreditPolicy
}

type Options = { slug?: string; policy?: CreditPolicy }

/** A university with two departments, two terms and a published policy. */
export async function makeUniversity({ db }: TestWorld, options: Options = {}): Promise<TestUniversity> {
  const slug = options.slug ?? `university-${nextNumber()}`
  const policy = options.policy ?? DEFAULT_POLICY
  const { id: universityId } = await db.university.create({ data: { slug, nameZh: `大学${slug}`, nameEn: slug } })
  await db.universitySettings.create({ data: { universityId } })
  const department = await db.department.create({ data: { universityId, name: '计算机学院' } })
  const otherDepartment = await db.department.create({ data: { universityId, name: '人工智能学院' } })
  const past = await db.term.create({
    data: {
      universityId,
      code: '2025-2026-2',
      nameZh: '2025–2026 学年第二学期',
      nameEn: 'Spring 2026',
      startsAt: new Date('2026-01-31T16:00:00Z'),
      endsAt: new Date('2026-08-31T16:00:00Z'),
    },
  })
  const term = await db.term.create({
    data: {
      universityId,
      code: '2026-2027-1',
      nameZh: '2026–2027 学年第一学期',
      nameEn: 'Autumn 2026',
      startsAt: new Date('2026-08-31T16:00:00Z'),
      endsAt: new Date('2027-01-31T16:00:00Z'),
    },
  })
  const policyVersionId = await publishPolicy({ db }, { universityId, policy, version: 1 })
  return {
    universityId,
    slug,
    departmentId: department.id,
    otherDepartmentId: otherDepartment.id,
    termId: term.id,
    termCode: term.code,
    pastTermId: past.id,
    policyVersionId,
    policy,
  }
}

/** Publishes one more version of a university's rules; returns its id. */
export async function publishPolicy(
  { db }: Pick<TestWorld, 'db'>,
  input: { universityId: string; policy: CreditPolicy; version: number },
): Promise<string> {
  const published = await db.policyVersion.create({
    data: {
      universityId: input.universityId,
      version: input.version,
      status: 'published',
      document: input.policy,
      documentSha256: canonicalHash(input.policy),
      publishedAt: new Date('2026-01-01T00:00:00Z'),
    },
  })
  return published.id
}
