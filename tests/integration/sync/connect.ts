import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import type { SyncWorld } from './sync-world'

/** The university's own installation of the GitHub App, as the sandbox has it. */
export async function connectApp(world: SyncWorld, universityId = world.university.universityId): Promise<void> {
  const answer = await fetch(`${world.outside.sandbox.origin}/_sandbox/github-app`)
  const app: { appId: number; installations: { id: number }[]; privateKeyPem: string } = await answer.json()
  const settings = { appId: String(app.appId), installationId: String(app.installations[0]?.id) }
  const secretSealed = seal(app.privateKeyPem, connectionSealContext({ universityId, kind: 'github_app' }))
  await world.db.universityConnection.create({ data: { universityId, kind: 'github_app', settings, secretSealed } })
}

/** The university's own service token at Gitee. */
export async function connectGitee(world: SyncWorld, universityId = world.university.universityId): Promise<void> {
  const secretSealed = seal('sandbox-gitee-service-yunlu', connectionSealContext({ universityId, kind: 'gitee_token' }))
  await world.db.universityConnection.create({
    data: { universityId, kind: 'gitee_token', settings: {}, secretSealed },
  })
}
