import { Random, shaOf } from '../random'
import { pullRequestId } from '../source'
import { GITHUB_BOTS, robotOf } from '../special-accounts'
import type { Account, Landing, Platform, PullRequest } from '../types'
import type { Draft } from './draft'
import { gitcodeMergeMessage, giteeMergeMessage, hubMergeMessage, landingMessage } from './landing-text'

export type BuildInput = {
  draft: Draft
  handle: number
  number: number
  maintainerIds: readonly number[]
  account(platform: Platform, id: number): Account
  /** The pull request that a mirror or cherry-pick copies; built before. */
  original: PullRequest | null
}

const DAY_MS = 86_400_000
const MESSAGES = {
  github: landingMessage,
  gitee: giteeMergeMessage,
  gitcode: gitcodeMergeMessage,
  huggingface: hubMergeMessage,
} as const
/** Where people write Chinese, and robots put labels. */
const IN_CHINESE: readonly Platform[] = ['gitee', 'gitcode']

/** Gives a draft its numbers, shas, times and the state that its platform shows. */
export function buildPullRequest(input: BuildInput): PullRequest {
  const { draft, handle, number, original } = input
  const { repository } = draft
  const platform = repository.platform
  const random = new Random(`pull-request/${platform}/${repository.id}/${number}`)
  const opened = { platform, repositoryId: repository.id, number }
  const author = input.account(platform, draft.authorId)
  const size = sizeOf(draft, original, random)
  const headSha = shaOf('head', platform, repository.id, number)
  const landing = landingOf(input, author, random)
  return {
    ...opened,
    ...size,
    ...shownState({ input, landing, random, headSha }),
    id: pullRequestId(platform, handle),
    title: draft.landing === 'bors' ? `[Merged by Bors] - ${draft.title}` : draft.title,
    body: draft.body ?? bodyFor(draft),
    authorId: draft.authorId,
    isDraft: draft.isDraft === true && landing === null,
    createdAt: draft.createdAt,
    baseBranch: draft.base ?? repository.defaultBranch,
    baseSha: shaOf('base', platform, repository.id, number),
    headBranch: `patch-${number % 97}`,
    headSha,
    headRepositoryId: draft.isHeadDeleted ? null : 900_000_000 + ((draft.authorId + repository.id) % 90_000_000),
    commitCount: random.between(1, 4),
    landing,
    coAuthorIds: draft.coAuthorIds ?? [],
    revertedBy: null,
    mirrorOf: original && isMirror(draft) ? keyOf(original) : null,
    cherryPickOf: original && draft.copyOf?.kind === 'cherry_pick' ? keyOf(original) : null,
    ...(original && draft.copyOf?.kind === 'back_port' ? { backPortOf: keyOf(original) } : {}),
    traps: draft.traps,
  }
}

function isMirror({ copyOf }: Draft): boolean {
  return copyOf?.kind === 'mirror' || copyOf?.kind === 'import'
}

function keyOf({ platform, repositoryId, number }: PullRequest) {
  return { platform, repositoryId, number }
}

function bodyFor({ repository, title }: Draft): string {
  if (IN_CHINESE.includes(repository.platform)) return `## 描述\n${title}\n\n## 测试\n本地用例通过。`
  return `${title}.\n\nTested locally and with the existing suite.`
}

function sizeOf(draft: Draft, original: PullRequest | null, random: Random) {
  if (original) {
    const { additions, deletions, changedFiles } = original
    return { additions, deletions, changedFiles }
  }
  return {
    additions: draft.additions ?? random.skewed(3.6, 1.5),
    deletions: draft.deletions ?? random.skewed(2.1, 1.5) - 1,
    changedFiles: draft.changedFiles ?? Math.min(12, random.skewed(0.7, 0.8)),
  }
}

function landingOf(input: BuildInput, author: Account, random: Random): Landing | null {
  const { draft, number, original } = input
  const { repository } = draft
  if (!draft.landing) return null
  // A history that was taken along brings its commits as they were.
  if (draft.copyOf?.kind === 'import') return original?.landing ?? null
  const at = daysAfter(draft.createdAt, 0.1 + random.next() * 3.5)
  const approver = input.account(repository.platform, input.maintainerIds[0] ?? author.id)
  const hasSameCommit = draft.copyOf?.kind === 'mirror'
  const isPicked = draft.copyOf?.kind === 'cherry_pick'
  const text = {
    kind: draft.landing,
    fullName: `${repository.owner}/${repository.name}`,
    number,
    title: draft.title,
    body: draft.body ?? bodyFor(draft),
    headLabel: `${author.login}:patch-${number % 97}`,
    coAuthors: (draft.coAuthorIds ?? []).map((id) => input.account(repository.platform, id)),
    approver: approver.login,
    pickedFrom: original && isPicked ? (original.landing?.sha ?? null) : null,
  }
  return {
    kind: draft.landing,
    sha:
      hasSameCommit && original?.landing
        ? original.landing.sha
        : shaOf('landed', repository.platform, repository.id, number),
    at,
    branch: draft.landing === 'ghstack' ? repository.defaultBranch : (draft.base ?? repository.defaultBranch),
    message: MESSAGES[repository.platform](text),
  }
}

/** In whole seconds, as the platforms tell time. */
function daysAfter(from: Date, days: number): Date {
  return new Date(Math.floor((from.getTime() + days * DAY_MS) / 1000) * 1000)
}

type Shown = Pick<
  PullRequest,
  'state' | 'updatedAt' | 'closedAt' | 'mergedAt' | 'mergedById' | 'closedById' | 'mergeCommitSha' | 'labels'
>

type ShownInput = { input: BuildInput; landing: Landing | null; random: Random; headSha: string }

function shownState({ input, landing, random, headSha }: ShownInput): Shown {
  const { draft, number, maintainerIds } = input
  const { repository } = draft
  const labels = draft.labels ?? labelsFor(draft)
  // GitHub fills merge_commit_sha with a test merge as well: never a proof.
  const testMerge = repository.platform === 'github' ? shaOf('test-merge', repository.id, number) : null
  if (!landing) {
    const isOpen = draft.unlanded === 'open'
    const closedAt = isOpen ? null : daysAfter(draft.createdAt, 1 + random.next() * 9)
    const updatedAt = closedAt ?? new Date(draft.createdAt.getTime() + 2 * DAY_MS)
    const closedById = isOpen ? null : random.chance(0.5) ? draft.authorId : (maintainerIds[0] ?? draft.authorId)
    const shown = { mergedAt: null, mergedById: null, mergeCommitSha: testMerge, labels }
    return { ...shown, state: isOpen ? 'open' : 'closed', updatedAt, closedAt, closedById }
  }
  const closedAt = landing.at
  const updatedAt = new Date(closedAt.getTime() + random.between(30, 7200) * 1000)
  if (isShownMerged(draft, landing)) {
    const mergedById = draft.mergedById ?? mergerOf(draft, maintainerIds, random)
    const mergeCommitSha = landing.kind === 'ghstack' ? headSha : landing.sha
    const merged = { mergedAt: closedAt, mergedById, closedById: mergedById, mergeCommitSha }
    return { ...merged, state: 'merged', updatedAt, closedAt, labels }
  }
  const closedById = closerOf(landing.kind, maintainerIds[0] ?? draft.authorId)
  const closed = { mergedAt: null, mergedById: null, mergeCommitSha: testMerge, closedById }
  return { ...closed, state: 'closed', updatedAt, closedAt, labels }
}

/** Copybara mostly merges, by its bot; at times it only closes. */
function isShownMerged(draft: Draft, { kind }: Landing): boolean {
  return kind === 'merged' || kind === 'ghstack' || (kind === 'copybara' && !draft.traps.includes('copybara_landing'))
}

function labelsFor({ landing, repository }: Draft): readonly string[] {
  if (landing === 'label' || landing === 'ghstack') return ['open source', 'ciflow/trunk', 'Merged']
  if (landing === 'trailer') return ['CLA Signed', 'fb-exported']
  if (landing === 'copybara') return ['pull ready']
  if (landing === 'bors') return ['ready-to-merge']
  return IN_CHINESE.includes(repository.platform) ? ['ci-pipeline-passed', 'approved', 'lgtm'] : []
}

function mergerOf({ repository, authorId }: Draft, maintainerIds: readonly number[], random: Random): number {
  const robot = robotOf(repository)
  if (robot) return robot.id
  if (repository.landingKind === 'copybara') return GITHUB_BOTS.copybara.id
  const others = maintainerIds.filter((id) => id !== authorId)
  return random.pick(others.length > 0 ? others : [authorId])
}

function closerOf(kind: Landing['kind'], maintainerId: number): number {
  const closers: Partial<Record<Landing['kind'], number>> = {
    label: GITHUB_BOTS.pytorchMerge.id,
    trailer: GITHUB_BOTS.facebook.id,
    copybara: GITHUB_BOTS.copybara.id,
    bors: GITHUB_BOTS.bors.id,
  }
  return closers[kind] ?? maintainerId
}
