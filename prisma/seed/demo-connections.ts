import type pg from 'pg'
import { z } from 'zod'
import { seal } from '@/lib/config/sealing'
import { type ConnectionKind, connectionSealContext } from '@/lib/db/university-connections'
import { PLATFORMS } from '@/lib/domain/platform'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import type { DemoUniversity } from './demo'

type Place = { universityId: string; university: DemoUniversity; sandboxUrl: string }

/** Points a demo university at the sandbox's sign-in, GitHub App and service tokens; again at each start, as ports may change. */
export async function saveDemoConnections(client: pg.Client, place: Place): Promise<void> {
  const { university, sandboxUrl } = place
  const { slug } = university
  const save = (kind: ConnectionKind, settings: object, secret: string) =>
    saveConnection(client, { universityId: place.universityId, kind, settings, secret })
  await save('oidc', { issuer: `${sandboxUrl}/sso/${slug}`, clientId: `yuanfen-${slug}` }, `sandbox-${slug}-secret`)
  for (const platform of PLATFORMS) {
    const kind = CONNECTION_KIND_OF[platform]
    if (kind !== 'github_app') await save(kind, {}, `sandbox-${platform}-service-${slug}`)
  }
  const app = await fetchGitHubApp(sandboxUrl, slug)
  if (app !== null) await save('github_app', app.settings, app.privateKey)
}

type Connection = { universityId: string; kind: ConnectionKind; settings: object; secret: string }

async function saveConnection(client: pg.Client, connection: Connection): Promise<void> {
  const { universityId, kind, settings, secret } = connection
  await client.query(
    `insert into university_connection (university_id, kind, settings, secret_sealed) values ($1, $2, $3, $4)
     on conflict (university_id, kind) do update
     set settings = excluded.settings, secret_sealed = excluded.secret_sealed, updated_at = now()`,
    [universityId, kind, JSON.stringify(settings), seal(secret, connectionSealContext({ universityId, kind }))],
  )
}

const handedOut = z.object({
  appId: z.number(),
  installations: z.array(z.object({ id: z.number(), university: z.string() })),
  privateKeyPem: z.string().nullable(),
})

/** The App as the university installed it. Its key was given to sandbox and seed alike, or is handed out by the sandbox. */
async function fetchGitHubApp(sandboxUrl: string, slug: string) {
  const response = await fetch(`${sandboxUrl}/_sandbox/github-app`)
  if (!response.ok) return null
  const { appId, installations, privateKeyPem } = handedOut.parse(await response.json())
  const installation = installations.find(({ university }) => university === slug)
  const privateKey = process.env.SANDBOX_GITHUB_APP_KEY || privateKeyPem
  if (installation === undefined || privateKey === null) return null
  return { settings: { appId: String(appId), installationId: String(installation.id) }, privateKey }
}
