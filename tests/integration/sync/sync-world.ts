import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { seal } from '@/lib/config/sealing'
import { withScope } from '@/lib/db/scope'
import { createSyncRun, syncTokenContext } from '@/lib/db/sync-runs'
import type { SystemActor } from '@/lib/domain/actor'
import type { Platform } from '@/lib/domain/platform'
import type { SyncTrigger } from '@/lib/domain/sync'
import type { Platforms } from '@/lib/platforms/registry'
import { type RunSyncOutcome, runSync } from '@/lib/sync/run-sync'
import { seedCatalog } from '@/prisma/seed/catalog'
import { platformEnvironment } from '@/sandbox/platform-environment'
import type { WorldOptions } from '@/sandbox/world'
import { accountIdOf, shownAccountId, shownRepositoryId } from '@/sandbox/world/shown-ids'
import type { PullRequest } from '@/sandbox/world/types'
import { openPlatformSandbox, type PlatformSandbox } from '@/tests/contract/platform-sandbox'
import {
  makeLinkedAccount,
  makeMember,
  makeUniversity,
  openTestWorld,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'
import { setAppEnv } from '@/tests/setup/app-env'

export const SYNC: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }

export type SyncAccount = {
  accountId: string
  personId: string
  member: TestMember
  platform: Platform
  platformUserId: string
}

export type SyncWorld = TestWorld & {
  outside: PlatformSandbox
  university: TestUniversity
  link(platform: Platform, accountNumber: number, member?: TestMember): Promise<SyncAccount>
  /** Queues a run as linking does, with a token that the owner granted. */
  request(account: SyncAccount, options?: { trigger?: SyncTrigger; token?: string | null; now?: Date }): Promise<string>
  run(
    account: SyncAccount,
    runId: string,
    deps?: { platforms?: Platforms; signal?: AbortSignal; now?: () => Date },
  ): Promise<RunSyncOutcome>
  /** Requests and runs. */
  sync(account: SyncAccount, options?: { trigger?: SyncTrigger }): Promise<string>
  /** What is stored of an account, by `repositoryId#number` of the platform. */
  stored(account: SyncAccount): Promise<Map<string, Awaited<ReturnType<typeof readContributions>>[number]>>
  jobs(name: string): Promise<{ payload: unknown; run_at: Date; key: string | null }[]>
}

/**
 * A database, the outside world and the catalog, put together. A process reads its configuration once: where it is asked
 * for an address (the university's App), a second world must stand at the port of the first.
 */
export async function openSyncWorld(options: { world?: WorldOptions; port?: number } = {}): Promise<SyncWorld> {
  const world = await openTestWorld()
  const outside = await openPlatformSandbox(options)
  setAppEnv(platformEnvironment(outside.sandbox.origin))
  const client = new pg.Client({ connectionString: world.database.superuserUrl })
  // A test may end the server under it; what is asked of it afterwards says so.
  client.on('error', () => undefined)
  await client.connect()
  await seedCatalog(client)
  const university = await makeUniversity(world)
  const request: SyncWorld['request'] = async (account, options = {}) => {
    const runId = randomUUID()
    const token =
      options.token === undefined
        ? await outside.grantToken(account.platform, accountIdOf(account.platform, account.platformUserId))
        : options.token
    await withScope({ universityId: university.universityId, personId: account.personId }, (tx) =>
      createSyncRun(tx, {
        id: runId,
        accountId: account.accountId,
        personId: account.personId,
        universityId: university.universityId,
        trigger: options.trigger ?? 'link',
        tokenSealed: token === null ? null : seal(token, syncTokenContext(runId)),
        requestedAt: options.now ?? new Date(),
      }),
    )
    return runId
  }
  const run: SyncWorld['run'] = (account, runId, deps = {}) =>
    runSync(SYNC, { runId, personId: account.personId }, { platforms: outside.platforms, ...deps })
  return {
    ...world,
    outside,
    university,
    link: async (platform, accountNumber, member) => {
      const owner = member ?? (await makeMember(world, university))
      const { login } = outside.account(platform, accountNumber)
      const platformUserId = shownAccountId(platform, accountNumber)
      const { accountId } = await makeLinkedAccount(world, owner.personId, { platform, platformUserId, login })
      await world.db.linkedAccount.update({ where: { id: accountId }, data: { syncedAt: null } })
      return { accountId, personId: owner.personId, member: owner, platform, platformUserId }
    },
    request,
    run,
    sync: async (account, options) => {
      const runId = await request(account, options)
      const outcome = await run(account, runId)
      if (outcome !== 'done') throw new Error(`sync ended ${outcome}`)
      return runId
    },
    stored: async (account) => {
      const rows = await readContributions(world, account)
      return new Map(rows.map((row) => [`${row.repository.platformRepositoryId}#${row.number}`, row]))
    },
    jobs: async (name) => {
      const { rows } = await client.query(
        `select p.payload, j.run_at, j.key from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)
         where j.task_identifier = $1 order by j.id`,
        [name],
      )
      return rows
    },
    close: async () => {
      await client.end()
      await outside.close()
      await world.close()
    },
  }
}

function readContributions({ db }: TestWorld, account: SyncAccount) {
  return db.contribution.findMany({
    where: { platform: account.platform, authorPlatformUserId: account.platformUserId },
    include: { repository: true },
  })
}

export function keyOf(pull: Pick<PullRequest, 'platform' | 'repositoryId' | 'number'>): string {
  return `${shownRepositoryId(pull.platform, pull.repositoryId)}#${pull.number}`
}
