import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withScope } from '@/lib/db/scope'
import { decideClaim } from '@/lib/reviews/decide-claim'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type Stage, setStage } from '../reviews/stage'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let world: TestWorld
let stage: Stage

beforeAll(async () => {
  world = await openTestWorld()
}, 60_000)
afterAll(() => world?.close())
beforeEach(async () => {
  stage = await setStage(world)
})

async function approveOne(): Promise<void> {
  const { claimId } = await stage.endorsedClaimOf(1)
  await decideClaim(stage.admin.actor, { claimId, version: 1, action: 'approve' }, { now: NOW })
}

describe('the database itself', () => {
  const app = async (sql: string): Promise<unknown> =>
    withScope({ universityId: stage.university.universityId }, (tx) => tx.$executeRawUnsafe(sql)).then(
      () => 'not refused',
      (error) => String(error),
    )

  test.each([
    'update credit_entry set credit_hundredths = 1',
    'delete from credit_entry',
    'truncate credit_entry',
    "update evidence set content_sha256 = repeat('a', 64)",
    'delete from decision',
    "update credit_entry_student set name = '别人'",
    'delete from credit_entry_student',
    'update ledger_head set sequence = 0',
    'delete from ledger_head',
  ])('as the app: %s is refused', async (sql) => {
    await approveOne()
    expect(await app(sql)).toMatch(/permission denied|append-only|may only be erased|moves by one line/)
  })

  test.each([
    'update credit_entry set credit_hundredths = 1',
    'delete from credit_entry',
    'truncate credit_entry cascade',
  ])('as the superuser, triggers awake: %s is refused', async (sql) => {
    await approveOne()
    await expect(world.db.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/)
  })
})
