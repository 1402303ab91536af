import { globSync } from 'node:fs'
import { sealJoinProof } from '@/lib/auth/join-intent'
import type { SignedIn } from '@/tests/setup/sign-in'
import { catalogImportOf } from './seed-catalog-imports'
import { NOMINATIONS, nominationOf } from './seed-nominations'
import type { BenchClaim, BenchMember, BenchWorld, Dice } from './world'

export type Reader = 'student' | 'reviewer' | 'admin' | 'nobody'

/** Somebody who reads pages; `cookie` is empty for those who are not signed in. */
export type Session = {
  member: BenchMember
  signedIn: SignedIn
  sessionId: string
  /** Waiting to be confirmed, see accounts/confirm. */
  linkAttemptId: string
}

export type Route = { path: string; reader: Reader }

/** Every page that the app folder holds, with who reads it. */
export function listRoutes(root: string): Route[] {
  return globSync('app/**/page.tsx', { cwd: root })
    .map((file) => {
      const folders = file.split('/').slice(1, -1)
      const path = `/${folders.filter((folder) => !/^\(.*\)$/.test(folder)).join('/')}`
      return { path, reader: readerOf(folders[0] ?? '') }
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

function readerOf(group: string): Reader {
  if (group === '(admin)') return 'admin'
  if (group === '(review)') return 'reviewer'
  return group === '(student)' ? 'student' : 'nobody'
}

export type Request = { path: string; cookie: string }

/** What is made beside the world, by university. */
export type Places = {
  world: BenchWorld
  rosterImports: ReadonlyMap<string, string>
  filings: ReadonlyMap<string, readonly string[]>
}

type Ask = { session: Session; places: Places; dice: Dice }

/** A real address of each page with a part that varies; a page that is missing here stops the bench and is named. */
const ADDRESSES: Readonly<Record<string, (ask: Ask) => string>> = {
  '/accounts/confirm/[attemptId]': ({ session }) => `/accounts/confirm/${session.linkAttemptId}`,
  '/admin/approvals/[claimId]': (ask) => `/admin/approvals/${claimIn(ask, ['endorsed', 'approved']).id}`,
  '/admin/catalog/entry': () => '/admin/catalog/entry?platform=github&owner=huggingface&name=trl',
  '/admin/catalog/import/[importId]': ({ session }) =>
    `/admin/catalog/import/${catalogImportOf(session.member.university)}`,
  '/admin/catalog/nominations/[nominationId]': ({ dice }) =>
    `/admin/catalog/nominations/${nominationOf(dice.between(0, NOMINATIONS - 1))}`,
  '/admin/filings/[id]': (ask) => `/admin/filings/${pickOf(ask, ask.places.filings)}`,
  '/admin/filings/[filingId]': (ask) => `/admin/filings/${pickOf(ask, ask.places.filings)}`,
  '/admin/ledger/[entryId]': (ask) => `/admin/ledger/${pickOf(ask, ask.places.world.awards)}`,
  '/admin/people/[memberId]': (ask) => `/admin/people/${memberIn(ask).memberId}`,
  '/admin/policies/[policyVersionId]': ({ session }) => `/admin/policies/${session.member.university.policyVersionId}`,
  '/admin/roster/[importId]': ({ session, places }) =>
    `/admin/roster/${places.rosterImports.get(session.member.university.id)}`,
  '/admin/terms/[termId]': ({ session }) => `/admin/terms/${session.member.university.terms.at(-1)?.id}`,
  '/claims/[id]': (ask) => `/claims/${ownClaim(ask, () => true).id}`,
  '/claims/[id]/edit': (ask) => `/claims/${ownClaim(ask, ({ state }) => state === 'draft').id}/edit`,
  '/claims/[id]/form': (ask) => `/claims/${ownClaim(ask, ({ state }) => state === 'approved').id}/form`,
  '/evidence/[claimId]/[evidenceId]': (ask) => {
    const { id, items } = ownClaim(ask, ({ state }) => state === 'approved')
    return `/evidence/${id}/${ask.dice.pick(items).evidenceId}`
  },
  '/review/[claimId]': (ask) => `/review/${claimOfDepartments(ask).id}`,
}

/** @throws Error for a page with a varying part that nobody said how to reach */
export function requestFor(route: Route, ask: Ask): Request {
  const address = ADDRESSES[route.path]
  if (address === undefined && route.path.includes('[')) {
    throw new Error(`tests/bench/pages/routes.ts does not say how to reach ${route.path}`)
  }
  const path = address?.(ask) ?? route.path
  const { signedIn, sessionId, member } = ask.session
  if (route.reader === 'nobody') return { path, cookie: '' }
  if (route.path !== '/universities/confirm') return { path, cookie: signedIn.cookie }
  const other = ask.places.world.universities.find(({ id }) => id !== member.university.id)
  const proof = sealJoinProof({
    sessionId,
    universityId: other?.id ?? '',
    until: Date.now() + 600_000,
    claims: {
      ...{ subject: 'subject', number: '0230417001', name: member.name, roles: null, department: '' },
      ...{ programme: '', className: '', email: '' },
    },
  })
  return { path, cookie: `${signedIn.cookie}; yuanfen-join-proof=${proof}` }
}

function pickOf({ session, dice }: Ask, byUniversity: ReadonlyMap<string, readonly string[]>): string {
  return dice.pick(byUniversity.get(session.member.university.id) ?? [])
}

function memberIn({ session, places, dice }: Ask): BenchMember {
  return dice.pick(places.world.members.filter(({ university }) => university === session.member.university))
}

function claimIn({ session, places, dice }: Ask, states: readonly BenchClaim['state'][]): BenchClaim {
  const { university } = session.member
  return dice.pick(
    places.world.claims.filter((one) => one.owner.university === university && states.includes(one.state)),
  )
}

function claimOfDepartments({ session, places, dice }: Ask): BenchClaim {
  const { university } = session.member
  const seen = session.signedIn.actor.reviewDepartmentIds
  return dice.pick(
    places.world.claims.filter(
      ({ owner, state }) =>
        owner.university === university &&
        state === 'in_review' &&
        seen.includes(university.departments[owner.departmentIndex % university.departments.length]?.id ?? ''),
    ),
  )
}

function ownClaim({ session, places, dice }: Ask, is: (claim: BenchClaim) => boolean): BenchClaim {
  return dice.pick(places.world.claims.filter((claim) => claim.owner === session.member && is(claim)))
}
