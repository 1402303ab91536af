import { listContributionsOfAuthor, saveLanding } from '@/lib/db/contributions'
import type { LinkedAccountRow } from '@/lib/db/linked-accounts'
import { type Tx, withScope } from '@/lib/db/scope'
import { CONTRIBUTION_STATES } from '@/lib/domain/contribution'
import { MERGED } from '@/lib/domain/landing-rule'
import type { SyncRun } from '@/lib/domain/sync'
import { judgeLanding, type LandingInput } from './judge-landing'
import { readLandingRules } from './landing-rules'
import { isShownByCommit } from './plan-ingest'
import { eventsOfStored } from './revert-events'
import { warnClaims } from './take-back'
import { landingOf } from './to-contribution'

const PAGE = 200

type Row = Awaited<ReturnType<typeof listContributionsOfAuthor>>[number]

/**
 * Judges the account's stored contributions anew under today's catalog: a repository that was included, or whose landing
 * rule was put right, is caught up with although nothing changed at the platform. Asks the platform nothing.
 */
export async function reevaluateLandings(input: { run: SyncRun; account: LinkedAccountRow }): Promise<void> {
  const { universityId, personId } = input.run
  let afterId: string | null = null
  do {
    afterId = await withScope({ universityId, personId }, (tx) => reevaluatePage(tx, input.account, afterId))
  } while (afterId !== null)
}

async function reevaluatePage(tx: Tx, account: LinkedAccountRow, afterId: string | null): Promise<string | null> {
  const rows = await listContributionsOfAuthor(tx, account, { afterId, limit: PAGE })
  const rules = await readLandingRules(
    tx,
    rows.map((row) => subjectOf(account, row)),
  )
  for (const row of rows) {
    const rulesNow = rules.get(row.repository.platformRepositoryId) ?? MERGED
    // What only a looked-up commit shows needs the platform: those are read again when a rule changes.
    if (isShownByCommit(row.landingRule) && rulesNow.some(({ rule }) => rule === row.landingRule)) continue
    if (row.landingState === 'reverted') continue
    const before = landingOf(row)
    const facts = factsOf(row)
    const landing = judgeLanding({
      rules: rulesNow,
      fullName: `${row.repository.owner}/${row.repository.name}`,
      facts,
      branchCommits: [],
      reverts: eventsOfStored(row),
      landedBefore: row.landedAt,
    })
    if (landing.state === before.state && landing.rule === before.rule) continue
    const isSaved = await saveLanding(tx, row, landing)
    if (isSaved && before.state === 'landed') await warnClaims(tx, row.id, 'reverted')
  }
  return rows.length < PAGE ? null : (rows.at(-1)?.id ?? null)
}

function subjectOf({ platform }: Pick<LinkedAccountRow, 'platform'>, row: Row) {
  const { platformRepositoryId, owner, name, ownerPlatformUserId, isFork, isArchived } = row.repository
  return {
    platform,
    platformRepositoryId,
    fullName: `${owner}/${name}`,
    ownerPlatformUserId,
    fork: isFork,
    archived: isArchived,
  }
}

function factsOf(row: Row): LandingInput['facts'] {
  return {
    state: CONTRIBUTION_STATES.find((state) => state === row.state) ?? 'closed',
    title: row.title,
    url: row.url,
    number: row.number,
    baseBranch: row.baseBranch,
    defaultBranch: row.repository.defaultBranch,
    mergeMessage: null,
    labels: row.labels,
    closedAt: row.closedAt,
    mergedAt: row.mergedAt,
    updatedAt: row.updatedAt,
    lastClosedBy:
      row.lastClosedByLogin === null ? null : { platformUserId: row.lastClosedByUserId, login: row.lastClosedByLogin },
    closerCommitSha: row.closerCommitSha,
    mergeCommitSha: row.mergeCommitSha,
  }
}
