import { type Command, Option } from 'commander'
import { PLATFORMS, type Platform, platformName } from '@/lib/domain/platform'
import { getHealth } from '@/lib/health/get-health'
import { getSyncHealth } from '@/lib/sync/get-sync-health'
import { pauseSync } from '@/lib/sync/pause-sync'
import { resumeSync } from '@/lib/sync/resume-sync'
import { retryFailedSyncs } from '@/lib/sync/retry-failed-syncs'
import { pauseSyncInput } from '@/lib/sync/schema'
import type { PlatformHealth } from '@/lib/sync/view'
import { listNamedUniversities } from '@/lib/universities/find-universities'
import { type OperatorOptions, operatorAt } from '../operator'
import { atUniversity, type Perform, withReason } from '../options'
import type { Outcome } from '../outcome'

type Common = OperatorOptions & { json?: boolean }
type OnPlatform = Common & { platform: Platform }
type HealthOptions = { university?: string; reason: string; operator?: string; json?: boolean }

const onPlatform = () => new Option('--platform <platform>', 'the platform').choices(PLATFORMS).makeOptionMandatory()

/** Commands about the syncs of universities. */
export function addSync(program: Command, perform: Perform): void {
  const sync = program.command('sync').description('how the nights of universities do, and holding them')
  withReason(sync.command('health'))
    .description('by platform: budgets left, the queue, failures, the oldest that is known; and the queue of all')
    .option('--university <slug>', 'only this one; left out: all of them')
    .action((options: HealthOptions) => perform(() => tellHealth(options), options))
  atUniversity(sync.command('pause'))
    .description('stop reading a platform for a university; its students read why')
    .addOption(onPlatform())
    .requiredOption('--why <text>', 'what students and admins read')
    .action((options: OnPlatform & { why: string }) =>
      perform(async () => {
        const input = pauseSyncInput.parse({ platform: options.platform, reason: options.why })
        await pauseSync(await operatorAt(options, 'sync pause'), input)
        return { values: { platform: options.platform, paused: true }, lines: [`${options.platform} is paused`] }
      }, options),
    )
  atUniversity(sync.command('resume'))
    .description('read a platform again: what was held back goes on, and what was missed is read')
    .addOption(onPlatform())
    .action((options: OnPlatform) =>
      perform(async () => {
        const { accounts } = await resumeSync(await operatorAt(options, 'sync resume'), options, { now: new Date() })
        const lines = [`${options.platform} goes on, with ${accounts} accounts that waited`]
        return { values: { platform: options.platform, paused: false, accounts }, lines }
      }, options),
    )
  atUniversity(sync.command('retry'))
    .description('read accounts again whose last sync failed, 200 at most')
    .addOption(onPlatform())
    .action((options: OnPlatform) =>
      perform(async () => {
        const actor = await operatorAt(options, 'sync retry')
        const { accounts } = await retryFailedSyncs(actor, { platform: options.platform })
        return { values: { platform: options.platform, accounts }, lines: [`${accounts} accounts queued`] }
      }, options),
    )
}

async function tellHealth(options: HealthOptions): Promise<Outcome> {
  const now = new Date()
  const universities: { university: string; platforms: readonly PlatformHealth[] }[] = []
  for (const { slug } of await listNamedUniversities(options.university ?? null)) {
    const actor = await operatorAt({ ...options, university: slug }, 'sync health')
    const { platforms } = await getSyncHealth(actor, { now })
    universities.push({ university: slug, platforms: platforms.map(withoutNames) })
  }
  const { queue } = await getHealth()
  const lines = universities.flatMap(({ university, platforms }) => [university, ...platforms.flatMap(inWords)])
  const all = `queue of all universities: ${JSON.stringify(queue)}`
  return { values: { universities, queue }, lines: [...lines, all] }
}

/** Numbers are enough here: whose accounts they are stands on the admin's page. */
function withoutNames(health: PlatformHealth): PlatformHealth {
  return { ...health, failedAccounts: [] }
}

function inWords(health: PlatformHealth): string[] {
  const { platform, pause, isConnected, allowances, queue, accounts, repositories, failures, failedNights, skipped } =
    health
  const said = [
    ...(pause === null ? [] : [`paused since ${pause.pausedAt.toISOString()}: ${pause.reason}`]),
    ...(isConnected ? [] : ['not connected']),
    ...allowances.map(
      ({ pool, remaining, total, resetsAt }) =>
        `${pool} ${remaining}${total === null ? '' : ` of ${total}`} left, back ${resetsAt?.toISOString() ?? 'at a time not told'}`,
    ),
    `queue: ${queue.due} ready, ${queue.running} running, ${queue.later} later, ${queue.givenUp} given up`,
    `accounts: ${accounts.linked}, oldest ${accounts.oldestAt?.toISOString() ?? 'never read'}, ${accounts.neverRead} never read`,
    ...(repositories === null
      ? []
      : [`repositories: ${repositories.catalogued}, oldest ${repositories.oldestAt?.toISOString() ?? 'never read'}`]),
    ...failures.map(({ failureKind, runs, accounts: of }) => `failed ${failureKind}: ${runs} times, ${of} accounts`),
    ...failedNights.map(({ failureKind, nights }) => `nights not finished, ${failureKind}: ${nights}`),
    `skipped records: ${skipped}`,
  ]
  return [`  ${platformName(platform)}`, ...said.map((line) => `    ${line}`)]
}
