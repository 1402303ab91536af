import {
  findNomination,
  type NominationKey,
  type NominationRow,
  saveNominationEvidence,
} from '@/lib/db/catalog-nominations'
import { findOpenConnection } from '@/lib/db/open-connection'
import { withScope } from '@/lib/db/scope'
import type { SystemActor } from '@/lib/domain/actor'
import { readDependencyNames } from '@/lib/domain/dependency-file'
import { planNextTry } from '@/lib/domain/evidence-tries'
import { type NominationEvidence, nominationEvidenceSchema } from '@/lib/domain/nomination'
import { assertCan } from '@/lib/domain/permissions'
import { isPlatformError, type PlatformError } from '@/lib/platforms/platform-error'
import { ANONYMOUS, type DependencyFileSeen, type PlatformPort, type RepositoryProfile } from '@/lib/platforms/port'
import { createPlatforms, type Platforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'

type Deps = { now: Date; platforms?: Platforms; signal?: AbortSignal }

/** How the reading ended: `left` where nobody waits for it any more. */
export type NominationRead = { status: 'complete' | 'not_found' | 'failed' | 'left' } | { status: 'wait'; until: Date }

/**
 * Reads what a platform says of a nominated repository, with the university's credential, and keeps it with the nomination.
 * When the platform fails it is tried again at the time that the failure's kind gives, and given up in the end; admins may
 * ask for it anew. Safe to run again.
 */
export async function readNomination(actor: SystemActor, key: NominationKey, deps: Deps): Promise<NominationRead> {
  assertCan(actor, 'catalog.read_nomination', { universityId: key.universityId })
  const nomination = await withScope(key, (tx) => findNomination(tx, key))
  if (nomination?.state !== 'open' || nomination.evidenceState !== 'waiting') return { status: 'left' }
  try {
    const evidence = await readEvidence(key.universityId, nomination, deps)
    return await settle(key, {
      evidenceState: evidence === null ? 'not_found' : 'complete',
      evidence,
      evidenceAt: deps.now,
      evidenceFailure: null,
      evidenceStrikes: 0,
    })
  } catch (error) {
    if (!isPlatformError(error)) throw error
    return failed(key, { nomination, error, now: deps.now })
  }
}

/** Something here failed too often, and not the platform: the nomination says so and can be read anew. */
export async function giveUpNomination(actor: SystemActor, key: NominationKey): Promise<void> {
  assertCan(actor, 'catalog.read_nomination', { universityId: key.universityId })
  await withScope(key, (tx) =>
    saveNominationEvidence(tx, key, { ...NOTHING_READ, evidenceState: 'failed', evidenceFailure: 'internal' }),
  )
}

const NOTHING_READ = { evidence: null, evidenceAt: null, evidenceStrikes: 0 } as const

type Change = Parameters<typeof saveNominationEvidence>[2]

async function settle(key: NominationKey, change: Change): Promise<NominationRead> {
  const isSaved = await withScope(key, (tx) => saveNominationEvidence(tx, key, change))
  return { status: isSaved && change.evidenceState !== 'waiting' ? change.evidenceState : 'left' }
}

async function failed(
  key: NominationKey,
  { nomination, error, now }: { nomination: NominationRow; error: PlatformError; now: Date },
): Promise<NominationRead> {
  const next = planNextTry({ kind: error.kind, strikes: nomination.evidenceStrikes, until: error.until, now })
  const change: Change = {
    evidenceState: next.retryAt === null ? 'failed' : 'waiting',
    evidence: null,
    evidenceAt: null,
    evidenceFailure: error.kind,
    evidenceStrikes: next.strikes,
  }
  const settled = await settle(key, change)
  return next.retryAt === null ? settled : { status: 'wait', until: next.retryAt }
}

async function readEvidence(
  universityId: string,
  { platform, owner, name }: NominationRow,
  { platforms, signal }: Deps,
): Promise<NominationEvidence | null> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  const credential = connection ? await universityCredential(platform, connection) : ANONYMOUS
  const port = (platforms ?? createPlatforms())[platform]
  const asked = { owner, name, credential, ...(signal ? { signal } : {}) }
  const profile = await readProfile(port, asked)
  if (profile === null) return null
  return toEvidence(profile, (await port.findDependencyFiles?.(asked)) ?? [])
}

async function readProfile(
  port: PlatformPort,
  asked: Parameters<PlatformPort['findRepository']>[0],
): Promise<RepositoryProfile | null> {
  if (port.describeRepository) return port.describeRepository(asked)
  const repository = await port.findRepository(asked)
  const untold = { description: null, forkOf: null, createdAt: null, pushedAt: null, lastRelease: null }
  return repository && { repository, ...untold }
}

function toEvidence(profile: RepositoryProfile, files: readonly DependencyFileSeen[]): NominationEvidence {
  const { repository, lastRelease, createdAt, pushedAt, description } = profile
  const { platformRepositoryId, owner, name, url, topics, stars, license, language, isFork, isArchived } = repository
  return nominationEvidenceSchema.parse({
    ...{ platformRepositoryId, owner, name, url, stars, license, language, isFork, isArchived },
    topics: (topics ?? []).map((topic) => topic.slice(0, 100)).slice(0, 50),
    description: description === null ? null : [...description].slice(0, 300).join(''),
    forkOf: profile.forkOf,
    createdAt: createdAt?.toISOString() ?? null,
    pushedAt: pushedAt?.toISOString() ?? null,
    lastRelease: lastRelease && {
      name: lastRelease.name.slice(0, 200),
      publishedAt: lastRelease.publishedAt.toISOString(),
    },
    dependencies: files.map((file) => ({ file: file.name, names: readDependencyNames(file.name, file.text) })),
  })
}
