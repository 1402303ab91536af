import type { Platform } from '@/lib/domain/platform'

/** How an account is read anew: with the university's credential, or by signing in at the platform once more. */
export const REFRESH_WAYS = ['university', 'sign_in'] as const
export type RefreshWay = (typeof REFRESH_WAYS)[number]

/** An identity of the person, in use or not. Its platform's id is who it is. */
export type AccountView = {
  accountId: string
  platform: Platform
  platformUserId: string
  login: string
  linkedAt: Date
  unlinkedAt: Date | null
  refreshWay: RefreshWay
  /** Pull requests found so far, whether they count or not. */
  contributions: number
  /** Claims at this university that hold some of them and wait for a decision: they go on after unlinking. */
  openClaims: number
}

/** “Link @login?” */
export type PendingLinkView = {
  attemptId: string
  platform: Platform
  platformUserId: string
  login: string
  name: string | null
  /** `again`: the person unlinked it earlier; `linked`: it is in use already, and is only read anew. */
  standing: 'new' | 'again' | 'linked'
  /** Whether this version of the consent was agreed to before. */
  consented: boolean
  expiresAt: Date
}

export type ConsentView = { version: number; grantedAt: Date; withdrawnAt: Date | null }
