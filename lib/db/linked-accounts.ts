import { isPlatform, type Platform } from '@/lib/domain/platform'
import { ACCOUNT_VISIBILITIES, type AccountVisibility } from '@/lib/domain/sync'
import { oneOf } from './one-of'
import type { Tx } from './scope'

/** A platform identity that a person proved. */
export type LinkedAccountRow = {
  id: string
  personId: string
  platform: Platform
  platformUserId: string
  nodeId: string | null
  login: string
  avatarUrl: string | null
  linkedAt: Date
  unlinkedAt: Date | null
  syncedAt: Date | null
  /** Whether others than its owner see what it did, and since when it is so. */
  visibility: AccountVisibility
  visibilityAt: Date | null
}

type StoredRow = Omit<LinkedAccountRow, 'platform' | 'visibility'> & { platform: string; visibility: string }

/** One account in scope, or null. */
export async function findLinkedAccount(tx: Tx, accountId: string): Promise<LinkedAccountRow | null> {
  const row = await tx.linkedAccount.findUnique({ where: { id: accountId } })
  return row && toLinkedAccount(row)
}

/** All accounts of a person, the unlinked ones too, oldest first. */
export async function listLinkedAccounts(tx: Tx, personId: string): Promise<LinkedAccountRow[]> {
  const rows = await tx.linkedAccount.findMany({ where: { personId }, orderBy: [{ linkedAt: 'asc' }, { id: 'asc' }] })
  return rows.map(toLinkedAccount)
}

/** Active members of a university in order of their id, each with the accounts in use; for the nightly sync. */
export async function listMembersWithAccounts(
  tx: Tx,
  page: { universityId: string; afterMemberId: string | null; limit: number },
): Promise<{ memberId: string; personId: string; accounts: LinkedAccountRow[] }[]> {
  const members = await tx.member.findMany({
    where: {
      universityId: page.universityId,
      status: 'active',
      personId: { not: null },
      ...(page.afterMemberId === null ? {} : { id: { gt: page.afterMemberId } }),
    },
    orderBy: { id: 'asc' },
    take: page.limit,
    select: { id: true, personId: true },
  })
  const persons = members.flatMap(({ id, personId }) => (personId === null ? [] : [{ memberId: id, personId }]))
  const rows = await tx.linkedAccount.findMany({
    where: { personId: { in: persons.map(({ personId }) => personId) }, unlinkedAt: null },
    orderBy: { id: 'asc' },
  })
  const accountsOf = Map.groupBy(rows.map(toLinkedAccount), ({ personId }) => personId)
  return persons.map((person) => ({ ...person, accounts: accountsOf.get(person.personId) ?? [] }))
}

/** Takes over what the platform calls the account today; not of one that was unlinked while it was read. */
export async function refreshAccountNames(
  tx: Tx,
  accountId: string,
  seen: { login: string; nodeId: string | null },
): Promise<void> {
  await tx.linkedAccount.updateMany({
    where: { id: accountId, unlinkedAt: null },
    data: { login: seen.login, ...(seen.nodeId === null ? {} : { nodeId: seen.nodeId }) },
  })
}

/** Every source of the account was read to its end at `syncedAt`. */
export async function markAccountSynced(tx: Tx, accountId: string, syncedAt: Date): Promise<void> {
  await tx.linkedAccount.updateMany({ where: { id: accountId }, data: { syncedAt } })
}

function toLinkedAccount(row: StoredRow): LinkedAccountRow {
  if (!isPlatform(row.platform)) throw new Error(`linked account ${row.id}: unknown platform`)
  return { ...row, platform: row.platform, visibility: oneOf(ACCOUNT_VISIBILITIES, row.visibility) }
}
