import { afterAll, beforeAll, expect, test } from 'vitest'
import { addContribution } from '@/lib/sync/add-contribution'
import { NOW } from '@/tests/factories'
import { connectApp } from '../sync/connect'
import { openSyncWorld, type SyncWorld } from '../sync/sync-world'

let world: SyncWorld
beforeAll(async () => {
  world = await openSyncWorld()
  await connectApp(world)
}, 60_000)
afterAll(() => world.close())

test('the commit that landed an unmerged pull request counts as that pull request, and is nothing beside it', async () => {
  const pull = world.outside.trapped('pytorch_label_landing')
  const { member } = await world.link('github', pull.authorId ?? 0)
  const repository = world.outside.sandbox.context.world.findRepository('github', pull.repositoryId)
  const page = `${world.outside.settings.github.webUrl}/${repository?.owner}/${repository?.name}`
  const add = (address: string) => addContribution(member.actor, { address }, { now: NOW })
  const { contributionId } = await add(`${page}/commit/${pull.landing?.sha}`)
  const stored = await world.db.contribution.findUniqueOrThrow({
    where: { id: contributionId },
    include: { coAuthors: true },
  })
  expect(stored).toMatchObject({ kind: 'pull_request', number: pull.number, coAuthors: [] })
  expect(stored.landingState).toBe('landed')
  expect(await add(`${page}/pull/${pull.number}`)).toEqual({ contributionId, added: false })
})
