import type { MemberActor, Role } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import type { TestUniversity } from './university'
import { daysAgo, nextNumber, type TestWorld } from './world'

export type TestMember = {
  personId: string
  memberId: string
  universityId: string
  number: string
  name: string
  actor: MemberActor
}

type Options = {
  roles?: readonly Role[]
  /** Left out: the university's first department; null: none. */
  departmentId?: string | null
  /** A person who is a member elsewhere too. */
  personId?: string
  /** Departments that a reviewer sees; left out: the university's first one. */
  reviewDepartmentIds?: readonly string[]
  name?: string
}

/** A member who signed in before, with roles as an actor carries them. */
export async function makeMember(
  { db }: TestWorld,
  university: TestUniversity,
  options: Options = {},
): Promise<TestMember> {
  const { universityId } = university
  const roles = options.roles ?? ['student']
  const serial = nextNumber()
  const number = `0${230417000 + serial}`
  const name = options.name ?? `学生${serial}`
  const personId = options.personId ?? (await db.person.create({ data: {} })).id
  const { id: memberId } = await db.member.create({
    data: {
      universityId,
      personId,
      number,
      name,
      departmentId: options.departmentId === undefined ? university.departmentId : options.departmentId,
      programme: '软件工程',
      className: '2301',
      email: `${number}@example.edu`,
      subject: `subject-${number}`,
    },
  })
  await db.memberRole.createMany({ data: roles.map((role) => ({ universityId, memberId, role, source: 'roster' })) })
  const reviewDepartmentIds = roles.includes('reviewer')
    ? (options.reviewDepartmentIds ?? [university.departmentId])
    : []
  await db.reviewAssignment.createMany({
    data: reviewDepartmentIds.map((departmentId) => ({ universityId, memberId, departmentId })),
  })
  const actor: MemberActor = { kind: 'member', personId, memberId, universityId, roles, reviewDepartmentIds }
  return { personId, memberId, universityId, number, name, actor }
}

export type TestAccount = { accountId: string; platform: Platform; platformUserId: string; login: string }

/** A platform identity that the person proved. */
export async function makeLinkedAccount(
  { db }: TestWorld,
  personId: string,
  options: { platform?: Platform; platformUserId?: string; login?: string; unlinked?: true } = {},
): Promise<TestAccount> {
  const platform = options.platform ?? 'github'
  const serial = nextNumber()
  const platformUserId = options.platformUserId ?? String(7_000_000 + serial)
  const login = options.login ?? `coder-${serial}`
  const account = await db.linkedAccount.create({
    data: {
      personId,
      platform,
      platformUserId,
      login,
      linkedAt: daysAgo(60),
      syncedAt: daysAgo(1),
      unlinkedAt: options.unlinked ? daysAgo(1) : null,
    },
  })
  return { accountId: account.id, platform, platformUserId, login }
}
