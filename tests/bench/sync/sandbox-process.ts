/** The sandbox in a process of its own, so that its time is not ours. World options come as an argument; asked over IPC. */
import { z } from 'zod'
import { Tokens } from '@/sandbox/github/tokens'
import { SANDBOX_CLIENTS } from '@/sandbox/options'
import { startSandbox } from '@/sandbox/server'
import { FIRST_BULK_ACCOUNT } from '@/sandbox/world/bulk/people'
import { landPullRequest } from '@/sandbox/world/changes'
import { PLATFORMS, type PullRequest } from '@/sandbox/world/types'

const SECRET = 'bench'

const askedSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('count'), since: z.number() }),
  z.object({ what: z.literal('land'), platform: z.enum(PLATFORMS), accounts: z.number(), of: z.number() }),
  z.object({ what: z.literal('tokens'), accounts: z.number() }),
  z.object({ what: z.literal('pullRequests'), platform: z.enum(PLATFORMS), account: z.number() }),
])
export type Asked = z.infer<typeof askedSchema>

const { port: _port, ...world } = z
  .object({
    port: z.number().optional(),
    peopleCount: z.number(),
    pullRequestCount: z.number(),
    repositoryCount: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
const { repositoryCount, ...sizes } = world
const sandbox = await startSandbox({
  port: 0,
  tokenSecret: SECRET,
  world: { ...sizes, ...(repositoryCount === undefined ? {} : { repositoryCount }) },
  gitcodeLimits: { perMinute: 100_000, perHour: 1_000_000 },
})
const tokens = new Tokens(SECRET)

process.on('message', (message: { id: number; asked: unknown }) => {
  const answer = answerTo(askedSchema.parse(message.asked))
  process.send?.({ id: message.id, answer })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ id: 0, answer: { origin: sandbox.origin } })

function answerTo(asked: Asked): unknown {
  switch (asked.what) {
    case 'count': {
      const entries = sandbox.log.since(asked.since)
      const points = entries
        .filter(({ path }) => path.includes('graphql'))
        .reduce((sum, one) => sum + one.costPoints, 0)
      const workMs = entries.reduce((sum, one) => sum + one.durationMs, 0)
      return { requests: entries.length, points, workMs, last: sandbox.log.lastSequence, paths: countPaths(entries) }
    }
    case 'land':
      return land(asked)
    case 'tokens':
      return Array.from({ length: asked.accounts }, (_, index) => tokenOf(index))
    case 'pullRequests':
      return listOf(asked.platform, asked.account).length
  }
}

/** What was asked, by the first words of each path. */
function countPaths(entries: readonly { path: string }[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { path } of entries) {
    const name = path.split('?')[0]?.split('/').slice(0, 5).join('/') ?? ''
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

function listOf(platform: (typeof PLATFORMS)[number], index: number): PullRequest[] {
  const list = sandbox.context.world.listPullRequests({ platform, authorId: FIRST_BULK_ACCOUNT[platform] + index })
  return Array.from({ length: list.length }, (_, at) => list.at(at)).filter((one) => one !== undefined)
}

/** Merges something open of so many accounts, spread evenly; how many contributions that makes. */
function land({ platform, accounts, of }: Extract<Asked, { what: 'land' }>): number {
  const step = Math.max(1, Math.floor(of / accounts))
  const at = new Date(Date.now() - 60_000)
  let changed = 0
  for (let offset = 0; offset < step; offset += 1) {
    for (let index = offset; index < of && changed < accounts; index += step) {
      const open = listOf(platform, index).find(({ state }) => state === 'open')
      if (!open) continue
      landPullRequest(sandbox.context.world, open, at)
      changed += 1
    }
  }
  return changed
}

function tokenOf(index: number): string {
  const { clientId } = SANDBOX_CLIENTS.github
  return tokens.issueUserToken({
    accountId: FIRST_BULK_ACCOUNT.github + index,
    clientId,
    scopes: [],
    issuedAtMs: Date.now(),
  })
}
