import type { MemberActor } from '@/lib/domain/actor'

/**
 * What doors (actions, routes, pages) need to know of who is asking. `lib/auth/session.ts` fills it:
 * null when nobody is signed in, or the person is no member of the university they act at.
 */
export type GetActor = () => Promise<MemberActor | null>

/** A place where the person may act. */
export type Membership = {
  universityId: string
  memberId: string
  slug: string
  nameZh: string
  nameEn: string
  timeZone: string
}

/** Who is asking, with what the frame of every page shows. */
export type Viewer = {
  actor: MemberActor
  sessionId: string
  /** When the session ends, whatever is done meanwhile. */
  sessionExpiresAt: Date
  name: string
  /** 学号 or staff number */
  number: string
  /** The university acted at now. */
  university: Membership
  /** All of the person's, this one among them. */
  memberships: readonly Membership[]
  /** Counted up to 100. */
  unreadNotifications: number
}
