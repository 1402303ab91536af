import { createHash } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { byPlatform, type Platform } from '@/lib/domain/platform'
import { copyRows } from './copy-rows'
import { type BenchAccount, type BenchContribution, DAY_MS, Dice, idOf } from './world'

const KIND = { repository: 10, contribution: 11, work: 12 }
const entrySchema = z.object({
  platform: z.enum(['github', 'gitee']),
  owner: z.string(),
  name: z.string(),
  platform_id: z.string().nullable(),
})

type BenchRepository = {
  id: string
  platform: Platform
  platformRepositoryId: string
  fullName: string
  isCounted: boolean
}

/** The single repositories of the seeded catalog, and a hundred that it does not know. */
async function seedRepositories(client: pg.Client, now: Date): Promise<BenchRepository[]> {
  const found = await client.query(
    `select platform, owner, name, platform_id from catalog_entry
      where name is not null and status = 'included' and landing @> '[{"rule": "merged"}]' order by id limit 300`,
  )
  const unknown = Array.from({ length: 100 }, (_, index) => {
    return {
      platform: index % 3 ? ('github' as const) : ('gitee' as const),
      owner: `stranger-${index}`,
      name: 'project',
    }
  })
  const repositories = [
    ...z.array(entrySchema).parse(found.rows),
    ...unknown.map((one) => ({ ...one, platform_id: null })),
  ].map((entry, index): BenchRepository => {
    const platformRepositoryId = entry.platform_id ?? String(3_000_000_000 + index)
    const { platform, owner, name } = entry
    const isCounted = !owner.startsWith('stranger-')
    return { id: idOf(KIND.repository, index), platform, platformRepositoryId, fullName: `${owner}/${name}`, isCounted }
  })
  await copyRows(
    client,
    'repository',
    [
      ...[
        'id',
        'platform',
        'platform_repository_id',
        'owner',
        'name',
        'full_name_key',
        'url',
        'default_branch',
        'stars',
      ],
      ...['license', 'topics', 'refreshed_at'],
    ],
    repositories.map(({ id, platform, platformRepositoryId, fullName }) => {
      const [owner = '', name = ''] = fullName.split('/')
      const url = `https://${platform}.example/${fullName}`
      return [
        ...[id, platform, platformRepositoryId, owner, name, fullName.toLowerCase(), url, 'main', 900],
        ...['Apache-2.0', [], now],
      ]
    }),
  )
  await copyRows(
    client,
    'repository_name',
    ['platform', 'full_name_key', 'repository_id', 'seen_at'],
    repositories.map(({ platform, fullName, id }) => [platform, fullName.toLowerCase(), id, now]),
  )
  return repositories
}

type Landing = { state: 'landed' | 'not_landed' | 'reverted'; branch: string }

function landingOf(roll: number): Landing {
  if (roll < 0.07) return { state: 'not_landed', branch: 'main' }
  if (roll < 0.09) return { state: 'reverted', branch: 'main' }
  return { state: 'landed', branch: roll < 0.12 ? 'release' : 'main' }
}

/** One student in ten wrote a third of all; half of everything landed in the last year. */
export async function seedContributions(
  client: pg.Client,
  { accounts, count, now }: { accounts: readonly BenchAccount[]; count: number; now: Date },
): Promise<BenchContribution[]> {
  const repositories = await seedRepositories(client, now)
  const dice = new Dice(11)
  const heavy = accounts.filter((_, index) => index % 10 === 0)
  const on = (platform: Platform) => repositories.filter((one) => one.platform === platform)
  const repositoriesOn = byPlatform(on)
  const made: { contribution: BenchContribution; landing: Landing }[] = []
  for (let serial = 0; serial < count; serial += 1) {
    const account = dice.roll() < 0.3 ? dice.pick(heavy) : dice.pick(accounts)
    const repository = dice.pick(repositoriesOn[account.platform].slice(0, 5 + (serial % 300)))
    const landedAt = new Date(now.getTime() - (dice.roll() ** 2 * 900 + 1) * DAY_MS)
    const size = Math.ceil(10 ** (dice.roll() * 3))
    made.push({
      landing: landingOf(dice.roll()),
      contribution: {
        ...{ id: idOf(KIND.contribution, serial), workId: idOf(KIND.work, serial), owner: account.owner, landedAt },
        ...{ additions: size, deletions: size >> 2, repositoryId: repository.id, fullName: repository.fullName },
        ...{ platform: repository.platform, platformRepositoryId: repository.platformRepositoryId },
        ...{ number: serial + 1, login: account.login, platformUserId: account.platformUserId },
        sha: createHash('sha1').update(String(serial)).digest('hex'),
        title: `Make part ${serial} of the tokenizer stop copying its input`,
        url: `https://${repository.platform}.example/${repository.fullName}/pull/${serial + 1}`,
        isCounted: false,
      },
    })
    const last = made.at(-1)
    if (last) last.contribution.isCounted = repository.isCounted && last.landing.state === 'landed' && size > 4
  }
  await copyRows(
    client,
    'work',
    ['id'],
    made.map(({ contribution }) => [contribution.workId]),
  )
  await copyRows(
    client,
    'work_key',
    ['kind', 'value', 'work_id'],
    made.map(({ contribution }) => ['commit', contribution.sha, contribution.workId]),
  )
  await copyContributions(client, made, now)
  return made.map(({ contribution }) => contribution)
}

const COLUMNS = [
  ...['id', 'platform', 'repository_id', 'kind', 'number', 'work_id', 'title', 'url', 'author_platform_user_id'],
  ...[
    'author_login',
    'author_type',
    'author_association',
    'state',
    'created_at',
    'updated_at',
    'closed_at',
    'merged_at',
  ],
  ...[
    'base_branch',
    'labels',
    'additions',
    'deletions',
    'changed_files',
    'merged_by_user_id',
    'merged_by_login',
    'reverts',
  ],
  ...[
    'merge_commit_sha',
    'landing_state',
    'landing_rule',
    'landed_at',
    'landed_commit_sha',
    'landing_proof',
    'ordered_at',
  ],
  ...['first_seen_at', 'refreshed_at'],
]

async function copyContributions(
  client: pg.Client,
  made: readonly { contribution: BenchContribution; landing: Landing }[],
  now: Date,
): Promise<void> {
  function* rows() {
    for (const { contribution: one, landing } of made) {
      const at = landing.state === 'not_landed' ? null : one.landedAt
      const sha = at && one.sha
      const proof = at ? [{ fact: 'merged_at', value: at.toISOString() }] : []
      yield [
        ...[one.id, one.platform, one.repositoryId, 'pull_request', one.number, one.workId, one.title, one.url],
        ...[one.platformUserId, one.login, 'user', 'contributor', at ? 'merged' : 'open'],
        ...[new Date(one.landedAt.getTime() - 3 * DAY_MS), one.landedAt, at, at, landing.branch, ['bug', 'tokenizer']],
        ...[
          one.additions,
          one.deletions,
          4,
          at && '42',
          at && 'maintainer',
          [],
          sha,
          landing.state,
          at && 'merged',
          at,
        ],
        ...[sha, { json: proof }, one.landedAt, one.landedAt, now],
      ]
    }
  }
  await copyRows(client, 'contribution', COLUMNS, rows())
}
