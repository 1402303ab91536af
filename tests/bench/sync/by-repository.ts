import { z } from 'zod'
import { closeDatabase } from '@/lib/db/client'
import type { SystemActor } from '@/lib/domain/actor'
import { syncRepositories } from '@/lib/sync/sync-repositories'
import { type BenchDatabase, openBenchDatabase, saySizes } from './bench-database'
import { BenchSandbox } from './sandbox'
import { connectGitee, seedAccounts, seedCatalog, seedUniversity } from './seed'

const SYNC: SystemActor = { kind: 'system', name: 'SYSTEM_SYNC', universityId: null }
const FEW = 100

export type RepositoryFigures = {
  repositories: number
  unchangedRequests: number
  requestsAt100Students: number
  requestsAt100000Students: number
}
type Say = (words: string) => void
type Sizes = { repositories: number; students: number }
type Bench = { database: BenchDatabase; sandbox: BenchSandbox; universityId: string; say: Say }

/** Gitee's repositories, once a night for everybody: with a hundred students, and with as many as a province has. */
export async function benchByRepository({ repositories, students }: Sizes, say: Say): Promise<RepositoryFigures> {
  const database = await openBenchDatabase()
  // One in six of the big world's repositories is Gitee's.
  const sandbox = await BenchSandbox.start({
    peopleCount: students,
    pullRequestCount: repositories * 240,
    repositoryCount: repositories * 6,
  })
  try {
    const universityId = await seedUniversity(database.client)
    await connectGitee(database.client, universityId)
    const names = await giteeRepositories(sandbox, repositories)
    await seedCatalog(database.client, 'gitee', names)
    const bench = { database, sandbox, universityId, say }
    await seedAccounts(database.client, { universityId, platform: 'gitee', from: 0, to: FEW })
    await night(bench, 'first night')
    const unchanged = await night(bench, 'unchanged')
    await land(bench)
    await night(bench, `changed, ${FEW} students`)
    const few = await night(bench, `unchanged, ${FEW} students`)
    await seedAccounts(database.client, { universityId, platform: 'gitee', from: FEW, to: students })
    const many = await night(bench, `unchanged, ${students} students`)
    await land(bench)
    await night(bench, `changed, ${students} students`)
    await saySizes(database.client, ['indexed_pull_request'], say)
    return {
      repositories: names.length,
      unchangedRequests: unchanged,
      requestsAt100Students: few,
      requestsAt100000Students: many,
    }
  } finally {
    sandbox.stop()
    await closeDatabase()
    await database.close()
  }
}

/** The same number of repositories has something new each time. */
async function land({ sandbox, say }: Bench): Promise<void> {
  const landed = z.number().parse(await sandbox.ask({ what: 'land', platform: 'gitee', accounts: 20, of: 2000 }))
  say(`  ${landed} pull requests landed`)
}

async function night({ database, sandbox, universityId, say }: Bench, name: string): Promise<number> {
  await database.client.query(`update repository_pass set completed_at = completed_at - interval '1 day'`)
  const startedAt = new Date().toISOString()
  const counted = await sandbox.counted(async () => {
    for (;;) {
      const outcome = await syncRepositories(SYNC, { universityId, platform: 'gitee', startedAt })
      if (outcome === 'done') return
      if (outcome !== 'goes_on') throw new Error(`the night ended ${outcome}`)
    }
  })
  const { rows } = await database.client.query<{ indexed: string }>(
    'select count(*) as indexed from indexed_pull_request',
  )
  say(`  ${name}: ${counted.requests} requests, ${counted.seconds.toFixed(0)} s, ${rows[0]?.indexed} in the index`)
  return counted.requests
}

const repositoriesSchema = z.object({
  repositories: z.array(z.object({ id: z.number(), owner: z.string(), name: z.string() })),
})

async function giteeRepositories(sandbox: BenchSandbox, count: number): Promise<string[]> {
  const answer = await fetch(`${sandbox.origin}/_sandbox/world/repositories?platform=gitee`)
  const { repositories } = repositoriesSchema.parse(await answer.json())
  return repositories
    .filter(({ id }) => id >= 30_000_000)
    .slice(0, count)
    .map(({ owner, name }) => `${owner}/${name}`)
}
