import type { SystemActor } from '@/lib/domain/actor'

/** The sign-in acts for people who are nobody here yet. */
export function signInActor(universityId: string): SystemActor {
  return { kind: 'system', name: 'SYSTEM_SIGN_IN', universityId }
}
