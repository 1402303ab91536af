import type { CreditPolicy } from '@/lib/domain/credit-policy'
import {
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  type TestAccount,
  type TestClaim,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

/** A university with everybody who takes part in a decision. */
export type Stage = {
  university: TestUniversity
  student: TestMember
  author: TestAccount
  professor: TestMember
  admin: TestMember
  /** A claim of the student over so many new contributions, in the repositories of their own or in one. */
  claimOf: (count: number, options?: Partial<Parameters<typeof makeClaim>[1]>) => Promise<TestClaim>
  /** The same, endorsed by the professor. */
  endorsedClaimOf: (count: number) => Promise<TestClaim>
}

export async function setStage(world: TestWorld, options: { policy?: CreditPolicy } = {}): Promise<Stage> {
  const university = await makeUniversity(world, options)
  const student = await makeMember(world, university)
  const author = await makeLinkedAccount(world, student.personId)
  const professor = await makeMember(world, university, { roles: ['reviewer'], name: '周慎之' })
  const admin = await makeMember(world, university, { roles: ['admin'], name: '教务处' })
  const claimOf: Stage['claimOf'] = async (count, rest = {}) => {
    const contributions = []
    for (let index = 0; index < count; index += 1) {
      const repository = await makeRepository(world)
      contributions.push(await makeContribution(world, { repository, author }))
    }
    return makeClaim(world, { university, student, contributions, ...rest })
  }
  const endorsedClaimOf = async (count: number): Promise<TestClaim> => {
    const claim = await claimOf(count, { state: 'endorsed', endorsedBy: professor })
    await world.db.decision.create({
      data: {
        universityId: university.universityId,
        claimId: claim.claimId,
        stage: 'endorsement',
        action: 'endorse',
        memberId: professor.memberId,
        personId: professor.personId,
        claimVersion: 1,
        decidedAt: new Date('2026-11-09T00:00:00Z'),
      },
    })
    return claim
  }
  return { university, student, author, professor, admin, claimOf, endorsedClaimOf }
}
