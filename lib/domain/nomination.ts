import { z } from 'zod'
import { DEPENDENCY_FILE_NAMES } from './dependency-file'

/** A nomination is open until an admin decides; one more for the same repository meanwhile is a duplicate of it. */
export const NOMINATION_STATES = ['open', 'accepted', 'refused', 'duplicate'] as const
export type NominationState = (typeof NOMINATION_STATES)[number]

/** How far a nomination's evidence is: read by a job, never while somebody waits for a page. */
export const NOMINATION_EVIDENCE_STATES = ['waiting', 'complete', 'not_found', 'failed'] as const
export type NominationEvidenceState = (typeof NOMINATION_EVIDENCE_STATES)[number]

/** So many a student may nominate within seven days. */
export const NOMINATIONS_PER_WEEK = 5
export const NOMINATION_WEEK_DAYS = 7

const instant = z.iso.datetime()

/** What a platform told of a nominated repository, as it was then; no text of a stranger beside its own description. */
export const nominationEvidenceSchema = z.strictObject({
  platformRepositoryId: z.string().min(1),
  owner: z.string().min(1),
  name: z.string().min(1),
  url: z.url(),
  description: z.string().max(500).nullable(),
  topics: z.array(z.string().max(100)).max(50),
  stars: z.number().int().nullable(),
  license: z.string().nullable(),
  language: z.string().nullable(),
  isFork: z.boolean(),
  isArchived: z.boolean(),
  /** `owner/name`, where the platform tells. */
  forkOf: z.string().nullable(),
  createdAt: instant.nullable(),
  pushedAt: instant.nullable(),
  lastRelease: z.strictObject({ name: z.string().max(200), publishedAt: instant }).nullable(),
  dependencies: z.array(
    z.strictObject({ file: z.enum(DEPENDENCY_FILE_NAMES), names: z.array(z.string().max(120)).max(400) }),
  ),
})
export type NominationEvidence = z.output<typeof nominationEvidenceSchema>

export const NOMINATION_CAUTIONS = [
  'fork',
  'archived',
  'license_missing',
  'few_stars',
  'asleep',
  'named_otherwise',
] as const
export type NominationCaution = { code: (typeof NOMINATION_CAUTIONS)[number]; value: string | number | null }

const FEW_STARS = 20
const ASLEEP_DAYS = 365
const DAY_MS = 86_400_000

/** What whoever decides should look at twice. None of it refuses by itself. */
export function cautionsOf(
  evidence: NominationEvidence,
  { nominatedAs, now }: { nominatedAs: string; now: Date },
): NominationCaution[] {
  const { isFork, isArchived, forkOf, license, stars } = evidence
  const fullName = `${evidence.owner}/${evidence.name}`
  const asleepSince = lastSignOfLife(evidence)
  const isAsleep = asleepSince !== null && now.getTime() - asleepSince.getTime() > ASLEEP_DAYS * DAY_MS
  const cautions: (NominationCaution | false)[] = [
    isFork && { code: 'fork', value: forkOf },
    isArchived && { code: 'archived', value: null },
    (license === null || license === 'NOASSERTION') && { code: 'license_missing', value: license },
    stars !== null && stars < FEW_STARS && { code: 'few_stars', value: stars },
    isAsleep && { code: 'asleep', value: asleepSince.toISOString() },
    fullName.toLowerCase() !== nominatedAs.toLowerCase() && { code: 'named_otherwise', value: fullName },
  ]
  return cautions.filter((caution) => caution !== false)
}

/** The newest of what the platform tells: a push, or a release. */
function lastSignOfLife({ pushedAt, lastRelease }: NominationEvidence): Date | null {
  const times = [pushedAt, lastRelease?.publishedAt].flatMap((time) => (time ? [Date.parse(time)] : []))
  return times.length === 0 ? null : new Date(Math.max(...times))
}
