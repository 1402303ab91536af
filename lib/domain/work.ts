import type { Platform } from './platform'

/** What is looked at to tell copies of one work apart from works of their own. */
export type WorkCandidate = {
  contributionId: string
  platform: Platform
  repositoryId: string
  number: number
  landedAt: Date
  /** The landed commit(s), full shas. The same commit on two platforms is a mirror. */
  commitShas: readonly string[]
  /** Shas named by "(cherry picked from commit …)" in the landed messages; may be abbreviated. */
  cherryPickedFrom: readonly string[]
  /** `git patch-id --stable` where it was computed. */
  patchId: string | null
  /** False where it was taken back: then a copy that stands goes first. */
  stands: boolean
  /** Whether the catalog includes the repository, and changes do land there (no mirror). */
  canonicalRepository: boolean
  fork: boolean
  /** Whether it landed on a branch that counts: a back-port to a release branch is never the home of a work. */
  onCountedBranch: boolean
  /** Whether the landed commit names this very number: of two places with the same commit, the one it was merged at. */
  namedByCommit: boolean
}

export const COPY_PROOFS = ['same_commit', 'cherry_pick', 'same_patch'] as const
export type CopyProof = (typeof COPY_PROOFS)[number]

/** Contributions that are copies of one work: the canonical one first, the others with what proves them copies. */
export type WorkGroup = {
  canonicalContributionId: string
  contributionIds: readonly string[]
  proofs: readonly { a: string; b: string; proof: CopyProof; value: string }[]
}

/**
 * Groups landed contributions into works. Every contribution is in exactly one group; the result does not depend on the
 * order of the input. Being a copy is transitive: a cherry-pick of a mirror is a copy of the original.
 */
export function groupWorks(candidates: readonly WorkCandidate[]): WorkGroup[] {
  const ordered = [...candidates].sort(byCanonicity)
  const proofs = [
    ...sameValue(ordered, 'same_commit', commitsOf),
    ...cherryPicks(ordered),
    ...sameValue(ordered, 'same_patch', patchOf),
  ]
  const leaderOf = new Map(ordered.map(({ contributionId }) => [contributionId, contributionId]))
  const find = (id: string): string => {
    const leader = leaderOf.get(id) ?? id
    return leader === id ? id : find(leader)
  }
  const rank = new Map(ordered.map(({ contributionId }, index) => [contributionId, index]))
  for (const { a, b } of proofs) {
    const [first, second] = [find(a), find(b)]
    const firstLeads = (rank.get(first) ?? 0) <= (rank.get(second) ?? 0)
    leaderOf.set(firstLeads ? second : first, firstLeads ? first : second)
  }
  const groups = Map.groupBy(ordered, ({ contributionId }) => find(contributionId))
  return [...groups].map(([canonicalContributionId, members]) => ({
    canonicalContributionId,
    contributionIds: members.map(({ contributionId }) => contributionId),
    proofs: proofs.filter(({ a }) => find(a) === canonicalContributionId),
  }))
}

/** What is compared to tell which contributions may be copies, before their diffs are read. */
export type SizedContribution = {
  contributionId: string
  repositoryId: string
  baseBranch: string
  title: string
  additions: number
  deletions: number
  changedFiles: number
}

/**
 * Contributions of one person that may be copies of each other: the same size and, but for what back-ports and mirrors add
 * to it, the same title, in another repository or on another branch. In order of the input; most people have none.
 */
export function findLikelyCopies<C extends SizedContribution>(contributions: readonly C[]): C[] {
  const alike = Map.groupBy(contributions, ({ title, additions, deletions, changedFiles }) =>
    [plainTitle(title), additions, deletions, changedFiles].join('\n'),
  )
  const places = (group: readonly C[]) =>
    new Set(group.map(({ repositoryId, baseBranch }) => `${repositoryId} ${baseBranch}`))
  const likely = new Set([...alike.values()].filter((group) => places(group).size > 1).flat())
  return contributions.filter((one) => likely.has(one) && one.additions + one.deletions > 0)
}

/** Without numbers, tags of branches and versions, and words that say that something is done again. */
function plainTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/\s*[(（][#!]\d+[)）]/g, '')
    .replace(
      /^(?:\s*(?:\[[^\]]*\]|【[^】]*】|[!！]\d+|(?:back-?port|cherry-?pick|re-?land|reapply|port)(?:s|ed)?\b\s*:?)\s*)+/g,
      '',
    )
    .replace(/["“”'\s]+/g, ' ')
    .trim()
}

/** The shas that a commit message says it was picked from ("(cherry picked from commit SHA)"), lower case, in order. */
export function findCherryPickSources(message: string): string[] {
  return [...message.matchAll(/\(cherry picked from commit ([0-9a-f]{7,64})\)/gi)].flatMap(
    ([, sha]) => sha?.toLowerCase() ?? [],
  )
}

/**
 * Where the work belongs, first: what stands, in a catalogued home, in no fork, on a branch that counts, where its commit was
 * merged, and landed first. The rest only makes the order total, by what stays the same when all is read anew.
 */
function byCanonicity(a: WorkCandidate, b: WorkCandidate): number {
  const place = ({ platform, repositoryId, number, contributionId }: WorkCandidate) =>
    [platform, repositoryId, String(number).padStart(10, '0'), contributionId].join(' ')
  return (
    Number(b.stands) - Number(a.stands) ||
    Number(b.canonicalRepository) - Number(a.canonicalRepository) ||
    Number(a.fork) - Number(b.fork) ||
    Number(b.onCountedBranch) - Number(a.onCountedBranch) ||
    Number(b.namedByCommit) - Number(a.namedByCommit) ||
    a.landedAt.getTime() - b.landedAt.getTime() ||
    (place(a) < place(b) ? -1 : 1)
  )
}

/** How the copy of a canonical contribution is known to be one, in the words that are shown: the plainest proof first. */
export function copyProofOf(copy: CopyMarks, canonical: CopyMarks): { proof: CopyProof; value: string | null } {
  const shas = new Set(canonical.commitShas.map((sha) => sha.toLowerCase()))
  const sha = copy.commitShas.find((one) => shas.has(one.toLowerCase()))
  if (sha !== undefined) return { proof: 'same_commit', value: sha }
  if (copy.patchId !== null && copy.patchId === canonical.patchId) return { proof: 'same_patch', value: copy.patchId }
  return { proof: 'cherry_pick', value: canonical.commitShas[0] ?? null }
}

type CopyMarks = Pick<WorkCandidate, 'commitShas' | 'patchId'>

type Proof = WorkGroup['proofs'][number]

/** Links every candidate that carries a value to the first that carries it. */
function sameValue(
  ordered: readonly WorkCandidate[],
  proof: CopyProof,
  read: (candidate: WorkCandidate) => readonly string[],
): Proof[] {
  const firstWith = new Map<string, string>()
  const proofs: Proof[] = []
  for (const candidate of ordered) {
    for (const value of new Set(read(candidate))) {
      const first = firstWith.get(value)
      if (first === undefined) firstWith.set(value, candidate.contributionId)
      else proofs.push({ a: first, b: candidate.contributionId, proof, value })
    }
  }
  return proofs
}

function commitsOf(candidate: WorkCandidate): readonly string[] {
  return candidate.commitShas.map((sha) => sha.toLowerCase())
}

/** Patch ids are compared within one person's work by the caller; an empty patch has none. */
function patchOf(candidate: WorkCandidate): readonly string[] {
  return candidate.patchId === null ? [] : [candidate.patchId]
}

/** Links a pick to what it was picked from, and two picks of one unseen commit to each other. */
function cherryPicks(ordered: readonly WorkCandidate[]): Proof[] {
  const bySha = new Map<string, string>()
  for (const candidate of ordered) {
    for (const sha of commitsOf(candidate)) if (!bySha.has(sha)) bySha.set(sha, candidate.contributionId)
  }
  const shas = [...bySha.keys()].sort()
  const resolve = (source: string): string => (bySha.has(source) ? source : (onlyOneBeginning(shas, source) ?? source))
  const proofs: Proof[] = []
  const firstFrom = new Map(bySha)
  for (const candidate of ordered) {
    for (const source of new Set(candidate.cherryPickedFrom.map((sha) => resolve(sha.toLowerCase())))) {
      const first = firstFrom.get(source)
      if (first === undefined) firstFrom.set(source, candidate.contributionId)
      else if (first !== candidate.contributionId) {
        proofs.push({ a: first, b: candidate.contributionId, proof: 'cherry_pick', value: source })
      }
    }
  }
  return proofs
}

/** The full sha that an abbreviated one stands for, if exactly one known sha begins so. */
function onlyOneBeginning(sortedShas: readonly string[], prefix: string): string | null {
  let low = 0
  let high = sortedShas.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sortedShas[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  const found = sortedShas[low]
  return found?.startsWith(prefix) && !sortedShas[low + 1]?.startsWith(prefix) ? found : null
}
