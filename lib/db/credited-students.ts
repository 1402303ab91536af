import type { CreditedStudent } from './issue-credit-entry'
import type { Tx } from './scope'

/** The particulars of a member as they stand now (学号, 姓名, 学院, 专业, 班级), to be frozen in a ledger line. */
export async function findCreditedStudent(
  tx: Tx,
  { universityId, memberId }: { universityId: string; memberId: string },
): Promise<CreditedStudent> {
  const member = await tx.member.findUniqueOrThrow({
    where: { universityId_id: { universityId, id: memberId } },
    select: { number: true, name: true, programme: true, className: true, departmentId: true, department: true },
  })
  return {
    studentNumber: member.number,
    name: member.name,
    college: member.department?.name ?? '',
    programme: member.programme || null,
    className: member.className || null,
    departmentId: member.departmentId,
    erasedAt: null,
  }
}

/** The particulars of a line as they were frozen with it, or the pseudonym that took their place. */
export async function findStudentOfLine(
  tx: Tx,
  { universityId, sequence }: { universityId: string; sequence: number },
): Promise<CreditedStudent> {
  return tx.creditEntryStudent.findUniqueOrThrow({
    where: { universityId_sequence: { universityId, sequence: BigInt(sequence) } },
    omit: { universityId: true, sequence: true, salt: true },
  })
}
