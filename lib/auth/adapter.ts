import type { Adapter, AdapterUser } from 'next-auth/adapters'
import type { Admitted } from '@/lib/auth/admit-member'
import { startSession } from '@/lib/auth/start-session'

/** One sign-in under way: who was let in, once somebody was. */
export type SignInCourse = { providerId: string; admitted: Admitted | null; now: () => Date }

/**
 * What next-auth may do with our database, for one sign-in. Who somebody is was decided before (admitMember), so:
 * - it never sees a session: with one it would take a sign-in as linking to the person of that session;
 * - it never finds anybody by e-mail address, adds a user or keeps tokens of an account;
 * - a session's token is stored as its hash only.
 */
export function createAdapter(course: SignInCourse): Adapter {
  return {
    getUserByAccount: async () => course.admitted && toUser(course.admitted),
    getSessionAndUser: async () => null,
    getUserByEmail: async () => null,
    getUser: async () => null,
    createSession: async ({ sessionToken, userId }) => {
      const { admitted, providerId } = course
      if (admitted === null || admitted.personId !== userId) throw new Error('a session for somebody not let in')
      const { expiresAt } = await startSession({
        member: { personId: userId, universityId: admitted.universityId, memberId: admitted.memberId },
        token: sessionToken,
        provider: providerId,
        now: course.now(),
      })
      return { sessionToken, userId, expires: expiresAt }
    },
    createUser: refuse,
    updateUser: refuse,
    linkAccount: refuse,
    updateSession: refuse,
    deleteSession: refuse,
  }
}

function toUser({ personId }: Admitted): AdapterUser {
  return { id: personId, email: '', emailVerified: null }
}

function refuse(): never {
  throw new Error('next-auth asked for what the sign-in never does')
}
