import { shaOf } from '../random'
import type { Account, Commit, FileChange } from '../types'
import { smallRepository } from './repositories'
import { CHEN_SIYUAN, GAO_TIANYU, LIN_YUE } from './trap-people'

/** A commit that came with no pull request, with its files and their diffs. */
export type DirectCommit = Commit & { files: readonly (FileChange & { patch: string })[] }

type Told = {
  name: string
  authorId: number
  day: string
  message: string
  branch?: string
  path: string
  additions: number
  isMerge?: boolean
}

const CO_AUTHORED = 'Co-authored-by: Wang Ruoxi <71204511+ruoxi-w@users.noreply.github.com>'
/** Of another university. */
const ACROSS = 'Co-authored-by: Zhou Zimo <71204505+zimo-codes@users.noreply.github.com>'
const WITHOUT_ID = 'Co-authored-by: Lin Yue <linyue-dev@users.noreply.github.com>'
const BY_MAIL = 'Co-authored-by: Lin Yue <linyue@yunlu.example.edu>'

/** What people with the right to push wrote straight to a branch of huggingface/trl. */
const TOLD: readonly Told[] = [
  {
    name: 'joint',
    authorId: LIN_YUE,
    day: '2026-10-21',
    message: `Add a sampler that keeps prompt groups together\n\n${CO_AUTHORED}`,
    path: 'trl/trainer/group_sampler.py',
    additions: 64,
  },
  {
    name: 'across',
    authorId: GAO_TIANYU,
    day: '2026-10-25',
    message: `Stream the reward model in half precision\n\n${ACROSS}`,
    path: 'trl/trainer/half_rewards.py',
    additions: 128,
  },
  {
    name: 'without-id',
    authorId: CHEN_SIYUAN,
    day: '2026-10-22',
    message: `Document the memory layout of rollouts\n\n${WITHOUT_ID}\n${BY_MAIL}`,
    path: 'docs/source/rollouts.md',
    additions: 31,
  },
  {
    name: 'side-branch',
    authorId: LIN_YUE,
    day: '2026-10-23',
    message: 'Try a smaller replay buffer',
    branch: 'wip/replay-buffer',
    path: 'trl/trainer/replay.py',
    additions: 12,
  },
  {
    name: 'merging',
    authorId: LIN_YUE,
    day: '2026-10-24',
    message: "Merge branch 'main' of github.com:huggingface/trl",
    path: 'trl/__init__.py',
    additions: 3,
    isMerge: true,
  },
]

export const DIRECT_COMMITS_IN = smallRepository('huggingface/trl', 'github')

/** The commits; `name` finds one in tests, see {@link directCommitSha}. */
export function directCommits(account: (id: number) => Account): DirectCommit[] {
  return TOLD.map(({ name, authorId, day, message, branch, path, additions, isMerge = false }) => {
    const author = account(authorId)
    const by = { name: author.name ?? author.login, email: author.email }
    return {
      platform: 'github',
      repositoryId: DIRECT_COMMITS_IN.id,
      sha: directCommitSha(name),
      parents: [],
      ...(isMerge ? { mergedParents: [shaOf('merged', name)] } : {}),
      message,
      authorId,
      authorName: by.name,
      authorEmail: by.email,
      committerId: authorId,
      committerName: by.name,
      committerEmail: by.email,
      at: new Date(`${day}T06:10:00Z`),
      branch: branch ?? DIRECT_COMMITS_IN.defaultBranch,
      files: [{ path, previousPath: null, status: 'added', additions, deletions: 0, patch: patchOf(name, additions) }],
    }
  })
}

export function directCommitSha(name: string): string {
  return shaOf('direct', name)
}

function patchOf(name: string, additions: number): string {
  const lines = Array.from({ length: additions }, (_, at) => `+# ${name} ${at + 1}`)
  return [`@@ -0,0 +1,${additions} @@`, ...lines].join('\n')
}
