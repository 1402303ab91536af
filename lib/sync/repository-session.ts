import type { Credential, PlatformPort } from '@/lib/platforms/port'

/** All that reading repositories needs; nothing of it is kept longer than the turn. */
export type RepositorySession = {
  /** Whose credential is used, and whose catalog says what is read. */
  universityId: string
  platform: Extract<PlatformPort, { sync: 'by_repository' }>
  credential: Credential
  signal: AbortSignal
  now: () => Date
}
