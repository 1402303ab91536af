import { z } from 'zod'
import { ROLES } from '@/lib/domain/actor'
import { database } from './client'
import type { Tx } from './scope'

const sessionView = z.object({
  sessionId: z.string(),
  expiresAt: z.coerce.date(),
  personId: z.string(),
  locale: z.string().nullable(),
  memberId: z.string(),
  universityId: z.string(),
  name: z.string(),
  number: z.string(),
  roles: z.array(z.enum(ROLES)),
  reviewDepartmentIds: z.array(z.string()),
  unreadNotifications: z.number(),
  memberships: z.array(
    z.object({
      universityId: z.string(),
      memberId: z.string(),
      slug: z.string(),
      nameZh: z.string(),
      nameEn: z.string(),
      timeZone: z.string(),
    }),
  ),
})

/** A living session with what every page shows of the person behind it. Unread notifications are counted up to 100. */
export type SessionView = z.infer<typeof sessionView>

/**
 * The session of a token, or null when it ran out, the membership ended or the person is gone. One statement and no
 * transaction: this runs on every page.
 */
export async function findSessionView(tokenHash: string): Promise<SessionView | null> {
  const rows = await database().$queryRaw<unknown[]>`select session_viewer(${tokenHash}) as viewer`
  return z.tuple([z.object({ viewer: sessionView.nullable() })]).parse(rows)[0].viewer
}

export type NewSession = {
  id: string
  tokenHash: string
  personId: string
  universityId: string
  memberId: string
  createdAt: Date
  expiresAt: Date
}

/** Adds a session; the scope is the person's. */
export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.session.createMany({ data: session })
}

export type EndedSession = { id: string; personId: string; universityId: string; memberId: string }

/** Deletes the session of a token and tells whose it was; null when there was none. The scope is the token's or the person's. */
export async function deleteSessionByToken(tx: Tx, tokenHash: string): Promise<EndedSession | null> {
  const rows = await tx.session.findMany({
    where: { tokenHash },
    select: { id: true, personId: true, universityId: true, memberId: true },
  })
  const { count } = await tx.session.deleteMany({ where: { tokenHash } })
  return count === 1 ? (rows[0] ?? null) : null
}

/** Deletes all sessions of a person; the scope is the person's. */
export async function deleteSessionsOfPerson(tx: Tx, personId: string): Promise<number> {
  return (await tx.session.deleteMany({ where: { personId } })).count
}

/** Deletes sessions that ran out and counters of past days, whoever's they were. */
export async function deleteExpiredSignIns(): Promise<{ sessions: number; attempts: number }> {
  const rows = await database().$queryRaw<unknown[]>`select sessions::int, attempts::int from forget_expired_sign_ins()`
  return z.tuple([z.object({ sessions: z.number(), attempts: z.number() })]).parse(rows)[0]
}
