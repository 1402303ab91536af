import type { Tx } from './scope'

/** Adds a human being. */
export async function insertPerson(tx: Tx, person: { id: string; createdAt: Date }): Promise<void> {
  // createMany, since what comes back of a create would have to be readable before anybody is in scope.
  await tx.person.createMany({ data: person })
}

/** The language that a person chose, as stored, or null. The scope is the person's. */
export async function findPersonLocale(tx: Tx, personId: string): Promise<string | null> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { locale: true } })
  return person?.locale ?? null
}

/** Keeps the language that a person chose. The scope is the person's. */
export async function savePersonLocale(tx: Tx, personId: string, locale: string): Promise<void> {
  await tx.person.updateMany({ where: { id: personId }, data: { locale } })
}

/** The look that a person chose, as stored, or null. The scope is the person's. */
export async function findPersonTheme(tx: Tx, personId: string): Promise<string | null> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { theme: true } })
  return person?.theme ?? null
}

/** Keeps the look that a person chose. The scope is the person's. */
export async function savePersonTheme(tx: Tx, personId: string, theme: string): Promise<void> {
  await tx.person.updateMany({ where: { id: personId }, data: { theme } })
}

/** Marks a person whom no member belongs to any more. The scope is the person's. */
export async function closePerson(tx: Tx, personId: string, at: Date): Promise<void> {
  await tx.person.updateMany({ where: { id: personId }, data: { erasedAt: at } })
}

/**
 * Whether anything hangs on a person but one membership and sign-ins: accounts, consents, claims, decisions, or another
 * membership. The scope is the person's and the university's of that membership.
 */
export async function hasPersonData(tx: Tx, person: { personId: string; universityId: string; memberId: string }) {
  const { personId, universityId, memberId } = person
  const member = { universityId, memberId }
  const counts = [
    await tx.member.count({ where: { personId } }).then((memberships) => memberships - 1),
    await tx.linkedAccount.count({ where: { personId } }),
    await tx.consent.count({ where: { personId } }),
    await tx.liveWork.count({ where: { personId } }),
    await tx.claim.count({ where: member }),
    await tx.decision.count({ where: member }),
    await tx.creditEntry.count({ where: member }),
  ]
  return counts.some((count) => count > 0)
}
