import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { Platform } from '@/lib/domain/platform'
import { nodeId } from '@/sandbox/github/node-ids'
import { FIRST_BULK_ACCOUNT } from '@/sandbox/world/bulk/people'
import { copyRows } from '../pages/copy-rows'

const appSchema = z.object({
  appId: z.number(),
  installations: z.array(z.object({ id: z.number() })).min(1),
  privateKeyPem: z.string(),
})

/** A university without anybody. */
export async function seedUniversity(client: pg.Client): Promise<string> {
  const universityId = randomUUID()
  await copyRows(
    client,
    'university',
    ['id', 'slug', 'name_zh', 'name_en'],
    [[universityId, 'bench', '基准大学', 'Bench']],
  )
  return universityId
}

export type SeededAccount = { accountId: string; personId: string; platformUserId: string; login: string }
type Seed = { universityId: string; platform: Platform; from: number; to: number }

/** Members of the big world, each with an account that was linked and never read. */
export async function seedAccounts(client: pg.Client, seed: Seed): Promise<SeededAccount[]> {
  const { universityId, platform, from, to } = seed
  const first = FIRST_BULK_ACCOUNT[platform]
  const accounts = Array.from({ length: to - from }, (_, at) => ({
    accountId: randomUUID(),
    personId: randomUUID(),
    platformUserId: String(first + from + at),
    login: `account-${from + at}`,
    number: `02304${String(from + at).padStart(7, '0')}`,
  }))
  const linkedAt = new Date(Date.now() - 30 * 86_400_000)
  await copyRows(
    client,
    'person',
    ['id'],
    accounts.map(({ personId }) => [personId]),
  )
  await copyRows(
    client,
    'member',
    ['university_id', 'id', 'person_id', 'number', 'name'],
    accounts.map(({ personId, number }) => [universityId, randomUUID(), personId, number, number]),
  )
  await copyRows(
    client,
    'linked_account',
    ['id', 'person_id', 'platform', 'platform_user_id', 'node_id', 'login', 'linked_at'],
    accounts.map(({ accountId, personId, platformUserId, login }) => [
      ...[accountId, personId, platform, platformUserId],
      platform === 'github' ? nodeId('user', Number(platformUserId)) : null,
      ...[login, linkedAt],
    ]),
  )
  // Only what has rows: a table that is analyzed while it is empty is planned for as empty for a while.
  await client.query('analyze person, member, linked_account')
  return accounts
}

/** The university's own installation of the sandbox's GitHub App. */
export async function connectApp(client: pg.Client, universityId: string, origin: string): Promise<void> {
  const app = appSchema.parse(await (await fetch(`${origin}/_sandbox/github-app`)).json())
  const settings = { appId: String(app.appId), installationId: String(app.installations[0]?.id) }
  await connect(client, { universityId, kind: 'github_app', settings, secret: app.privateKeyPem })
}

/** The university's own service token at Gitee. */
export async function connectGitee(client: pg.Client, universityId: string): Promise<void> {
  await connect(client, { universityId, kind: 'gitee_token', settings: {}, secret: 'sandbox-gitee-service-bench' })
}

type Connection = { universityId: string; kind: 'github_app' | 'gitee_token'; settings: object; secret: string }

async function connect(client: pg.Client, { universityId, kind, settings, secret }: Connection): Promise<void> {
  await client.query(
    'insert into university_connection (university_id, kind, settings, secret_sealed) values ($1, $2, $3, $4)',
    [universityId, kind, JSON.stringify(settings), seal(secret, connectionSealContext({ universityId, kind }))],
  )
}

/** Puts repositories into the shared catalog, each by its name. */
export async function seedCatalog(client: pg.Client, platform: Platform, names: readonly string[]): Promise<void> {
  await copyRows(
    client,
    'catalog_entry',
    [
      'id',
      'platform',
      'owner',
      'name',
      'owner_key',
      'name_key',
      'status',
      'kind',
      'landing',
      'accepted_branches',
      'alias_keys',
    ],
    names.map((fullName) => {
      const [owner = '', name = ''] = fullName.split('/')
      const landing = { json: [{ rule: 'merged' }] }
      return [
        randomUUID(),
        platform,
        owner,
        name,
        owner.toLowerCase(),
        name.toLowerCase(),
        'included',
        'tool',
        landing,
        [],
        [],
      ]
    }),
  )
}
