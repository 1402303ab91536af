import { listUnmatched, type Unmatched } from '@/lib/db/indexed-pull-requests'
import { type Tx, withScope } from '@/lib/db/scope'
import { contributionReference, PLATFORM_TRAITS, type Platform } from '@/lib/domain/platform'
import { NOTHING_KNOWN } from '@/lib/platforms/nothing-known'
import type { PullRequestSeen } from '@/lib/platforms/port'
import { writeFacts } from './apply-ingest'
import { subjectOf } from './catalog-subject'
import { readLandingRules } from './landing-rules'
import { toRepository } from './stored-pull-request'

const AT_ONCE = 500

type Matched = {
  scope: { universityId: string; personId: string }
  account: { platform: Platform; platformUserId: string; login: string }
  now: Date
}

/**
 * What the nights found of an identity before anybody had linked it becomes its contributions, without asking the platform
 * anything. The index knows who landed what when; title, branch and size are read afterwards, for the owner's alone.
 * @returns how many there were
 */
export async function matchIndex(matched: Matched): Promise<number> {
  let total = 0
  for (;;) {
    const found = await withScope(matched.scope, (tx) => matchSome(tx, matched), { timeoutSeconds: 120 })
    total += found
    if (found < AT_ONCE) return total
  }
}

async function matchSome(tx: Tx, { account, now }: Matched): Promise<number> {
  const { platform, platformUserId } = account
  const rows = await listUnmatched(tx, { platform, platformUserId, limit: AT_ONCE })
  if (rows.length === 0) return 0
  const write = rows.map((row) => ({ pullRequest: toPullRequest(row, account), branchCommits: [] }))
  const subjects = new Map(
    write.map(({ pullRequest: pull }) => [pull.repository.platformRepositoryId, subjectOf(pull)]),
  )
  const rules = await readLandingRules(tx, [...subjects.values()])
  await writeFacts(tx, { write, unchanged: [], skipped: [], rules }, now)
  return rows.length
}

const BEFORE_ALL = new Date('2008-01-01T00:00:00Z')

/** As far as the index tells: an empty branch says that the platform was not asked yet (see eligibility). */
function toPullRequest({ repository: row, number, landedAt }: Unmatched, account: Matched['account']): PullRequestSeen {
  const { platform, platformUserId, login } = account
  const [page = 'pulls'] = PLATFORM_TRAITS[platform].pages
  return {
    ...NOTHING_KNOWN,
    platform,
    repository: toRepository(row),
    number,
    title: contributionReference({ platform, repository: `${row.owner}/${row.name}`, number }),
    url: `${row.url}/${page}/${number}`,
    authorPlatformUserId: platformUserId,
    authorLogin: login,
    authorType: 'user',
    state: 'merged',
    createdAt: landedAt ?? BEFORE_ALL,
    // Whatever the platform says later is newer.
    updatedAt: landedAt ?? BEFORE_ALL,
    closedAt: landedAt,
    mergedAt: landedAt,
    baseBranch: '',
  }
}
