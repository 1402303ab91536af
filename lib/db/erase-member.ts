import type { Pseudonym } from '@/lib/domain/pseudonym'
import type { Tx } from './scope'

type MemberKey = { universityId: string; memberId: string }
type Erasure = MemberKey & { pseudonym: Pseudonym; now: Date }

/** A member who is to be erased, as they are known now. */
export type NamedMember = { number: string; name: string; email: string; erasedAt: Date | null }

/** What a member is known by; the row is held by the caller. */
export async function findNamedMember(tx: Tx, { universityId, memberId }: MemberKey): Promise<NamedMember> {
  return tx.member.findUniqueOrThrow({
    where: { universityId_id: { universityId, id: memberId } },
    select: { number: true, name: true, email: true, erasedAt: true },
  })
}

/** Puts a pseudonym in the place of who a member is. Nobody signs in as them any more, and they hold no role. */
export async function pseudonymizeMember(tx: Tx, { universityId, memberId, pseudonym, now }: Erasure): Promise<void> {
  await tx.memberRole.deleteMany({ where: { universityId, memberId } })
  await tx.reviewAssignment.deleteMany({ where: { universityId, memberId } })
  await tx.member.updateMany({
    where: { universityId, id: memberId },
    data: {
      number: pseudonym,
      name: pseudonym,
      email: '',
      programme: '',
      className: '',
      subject: null,
      departmentId: null,
      status: 'left',
      erasedAt: now,
      updatedAt: now,
      version: { increment: 1 },
    },
  })
}

/**
 * Takes the particulars beside the member's ledger lines away, and the salts with them: the lines and their chain stay as
 * they are. Returns how many.
 */
export async function eraseCreditedStudent(
  tx: Tx,
  { universityId, memberId, pseudonym, now }: Erasure,
): Promise<number> {
  return tx.$executeRaw`
    update credit_entry_student s
       set student_number = ${pseudonym}, name = '', college = '', programme = null, class_name = null,
           department_id = null, salt = '', erased_at = ${now}
      from credit_entry e
     where e.university_id = ${universityId}::uuid and e.member_id = ${memberId}::uuid
       and s.university_id = e.university_id and s.sequence = e.sequence and s.erased_at is null`
}

/** Blanks what the member wrote: statements and declarations of claims, reasons of nominations. */
export async function blankWritings(tx: Tx, { universityId, memberId }: MemberKey): Promise<void> {
  await tx.$executeRaw`
    update claim_item i set ai_use_note = ''
      from claim c
     where c.university_id = ${universityId}::uuid and c.member_id = ${memberId}::uuid
       and i.university_id = c.university_id and i.claim_id = c.id and i.ai_use_note <> ''`
  await tx.claim.updateMany({ where: { universityId, memberId, statement: { not: '' } }, data: { statement: '' } })
  await tx.catalogNomination.updateMany({ where: { universityId, memberId }, data: { why: '' } })
}

/** What the member was told is theirs: of each notice its code and time stay. */
export async function blankNotifications(tx: Tx, { universityId, memberId }: MemberKey): Promise<void> {
  await tx.notification.updateMany({ where: { universityId, memberId }, data: { data: {} } })
}

/**
 * Takes the member out of what roster files left: a preview that has a row of theirs is discarded, and what was wrong with
 * a row of theirs keeps its place but not its value.
 */
export async function forgetInRosters(tx: Tx, universityId: string, member: NamedMember): Promise<void> {
  const said = [member.number, member.name, member.email].filter((value) => value !== '')
  await tx.$executeRaw`
    update roster_import i set state = 'discarded', rows = '[]', problems = '[]'
     where i.university_id = ${universityId}::uuid and i.state = 'previewed'
       and exists (select 1 from jsonb_array_elements(i.rows) r(line) where r.line ->> 'number' = ${member.number})`
  await tx.$executeRaw`
    update roster_import i
       set problems = (select jsonb_agg(case when p.value ->> 'value' = any(${said}::text[]) or p.value ->> 'other' = any(${said}::text[])
                                then p.value || '{"value": "", "other": null}' else p.value end order by p.place)
                         from jsonb_array_elements(i.problems) with ordinality p(value, place))
     where i.university_id = ${universityId}::uuid
       and exists (select 1 from jsonb_array_elements(i.problems) p(value)
                    where p.value ->> 'value' = any(${said}::text[]) or p.value ->> 'other' = any(${said}::text[]))`
}

/** Claims of a member that somebody could still decide, or that were not handed in. */
export async function listUnsettledClaims(tx: Tx, { universityId, memberId }: MemberKey): Promise<string[]> {
  const rows = await tx.claim.findMany({
    where: { universityId, memberId, state: { notIn: ['approved', 'rejected', 'withdrawn'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id }) => id)
}

/** Ends the sessions of a membership; the scope is the person's too. */
export async function deleteSessionsOfMember(tx: Tx, { universityId, memberId }: MemberKey): Promise<void> {
  await tx.session.deleteMany({ where: { universityId, memberId } })
}
