import { afterAll, beforeAll, expect, test } from 'vitest'
import { listOfferedPlatforms } from '@/lib/accounts/list-offered-platforms'
import { makeMember, makeUniversity } from '@/tests/factories'
import { leaveFor, openStage, type Stage, visitorOf } from './stage'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  // As a deployment that registered no application at Hugging Face.
  Object.assign(process.env, { HUGGINGFACE_CLIENT_ID: '', HUGGINGFACE_CLIENT_SECRET: '' })
}, 60_000)
afterAll(() => stage?.close())

test('a platform without an application is not offered, and its door is closed', async () => {
  const student = await makeMember(stage.world, await makeUniversity(stage.world))
  const visitor = visitorOf(student)
  expect(listOfferedPlatforms()).toEqual(['github', 'gitee', 'gitcode'])
  await expect(leaveFor(visitor, 'huggingface')).rejects.toMatchObject({
    kind: 'not_found',
    code: 'platform_not_offered',
  })
  expect(await stage.world.db.linkAttempt.count({ where: { personId: student.personId } })).toBe(0)
  expect(await leaveFor(visitor, 'gitcode')).toContain('/gitcode/oauth/authorize')
})
