import { admitMember } from '@/lib/auth/admit-member'
import type { JoinProof } from '@/lib/auth/join-intent'
import type { Viewer } from '@/lib/auth/types'
import { withScope } from '@/lib/db/scope'
import { findUniversity, listUniversities, type UniversityName } from '@/lib/db/universities'
import { AppError } from '@/lib/domain/errors'

/** What a person is asked to say yes to: this membership becomes theirs too. */
export type JoinOffer = { university: UniversityName; name: string; number: string | null }

/** The offer that a proof stands for. */
export async function getJoinOffer(proof: JoinProof): Promise<JoinOffer> {
  const university = await withScope({}, (tx) => findUniversity(tx, proof.universityId))
  if (university === null) throw new AppError('not_found', 'university_unknown')
  return { university, name: proof.claims.name, number: proof.claims.number }
}

/**
 * Adds the proven membership at another university to the viewer's person. Refused when either side has a history that
 * would have to be mixed.
 */
export async function joinUniversity(viewer: Viewer, proof: JoinProof, deps: { now: Date }): Promise<void> {
  const { universityId, claims } = proof
  await admitMember({ universityId, claims, joinPersonId: viewer.actor.personId }, deps)
}

/** Universities at which the viewer is no member yet. */
export async function listOtherUniversities(viewer: Viewer): Promise<UniversityName[]> {
  const all = await withScope({}, (tx) => listUniversities(tx))
  return all.filter(({ id }) => !viewer.memberships.some(({ universityId }) => universityId === id))
}

/** All universities of the deployment, to choose one's own. */
export async function listUniversitiesToSignIn(): Promise<UniversityName[]> {
  return withScope({}, (tx) => listUniversities(tx))
}
