import { afterAll, beforeAll, expect, test } from 'vitest'
import { addNotification } from '@/lib/db/notifications'
import { withScope } from '@/lib/db/scope'
import { listNotifications } from '@/lib/notifications/list-notifications'
import { markAllRead, openNotification } from '@/lib/notifications/mark-read'
import { makeMember, makeUniversity, NOW, openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

let world: TestWorld
let student: TestMember
let classmate: TestMember
let elsewhere: TestMember

const claimId = '00000000-0000-7000-8000-000000000001'

beforeAll(async () => {
  world = await openTestWorld()
  const [here, there] = [await makeUniversity(world), await makeUniversity(world)]
  student = await makeMember(world, here)
  classmate = await makeMember(world, here)
  elsewhere = await makeMember(world, there, { personId: student.personId })
}, 60_000)

afterAll(() => world?.close())

async function tell(member: TestMember, minutes: number): Promise<void> {
  const { universityId, memberId } = member
  await withScope({ universityId }, (tx) =>
    addNotification(tx, {
      universityId,
      memberId,
      code: 'claim_approved',
      data: { claimId, termCode: '2026-autumn', creditHundredths: 150 },
      createdAt: new Date(NOW.getTime() + minutes * 60_000),
    }),
  )
}

test('one reads one’s own, newest first, page by page', async () => {
  for (let minute = 0; minute < 35; minute += 1) await tell(student, minute)
  await tell(classmate, 1)
  await tell(elsewhere, 2)
  const { universityId } = student
  const term = { code: '2026-autumn', nameZh: '秋季学期', nameEn: 'Autumn 2026' }
  await world.db.term.create({
    data: { universityId, ...term, startsAt: new Date('2026-09-01'), endsAt: new Date('2027-02-01') },
  })
  const first = await listNotifications(student.actor, {})
  expect(first.notifications).toHaveLength(30)
  expect(first.notifications[0]).toMatchObject({
    code: 'claim_approved',
    createdAt: new Date(NOW.getTime() + 34 * 60_000),
    isRead: false,
    href: `/claims/${claimId}`,
  })
  expect(first.terms).toMatchObject({ '2026-autumn': { nameZh: '秋季学期', nameEn: 'Autumn 2026' } })
  const second = await listNotifications(student.actor, { cursor: first.nextCursor ?? '' })
  expect(second.notifications).toHaveLength(5)
  expect(second.nextCursor).toBeNull()
  const ids = [...first.notifications, ...second.notifications].map(({ id }) => id)
  expect(new Set(ids).size).toBe(35)
})

test.each(['', 'x', 'WzFd', Buffer.from('["2026","x"]').toString('base64url')])(
  'cursor %j is refused',
  async (cursor) => {
    await expect(listNotifications(student.actor, { cursor })).rejects.toMatchObject({ code: 'bad_cursor' })
  },
)

test('opening marks it as read and leads to its page; another’s is not there', async () => {
  const [newest] = (await listNotifications(student.actor, {})).notifications
  const id = newest?.id ?? ''
  for (const stranger of [classmate, elsewhere]) {
    await expect(openNotification(stranger.actor, { id }, { now: NOW })).rejects.toMatchObject({ kind: 'not_found' })
  }
  expect((await listNotifications(student.actor, {})).notifications[0]?.isRead).toBe(false)
  expect(await openNotification(student.actor, { id }, { now: NOW })).toEqual({ href: `/claims/${claimId}` })
  expect((await listNotifications(student.actor, {})).notifications[0]?.isRead).toBe(true)
})

test('marking all as read leaves what came later, and what others were told', async () => {
  const count = await markAllRead(student.actor, { now: new Date(NOW.getTime() + 20 * 60_000) })
  expect(count).toBe(21)
  const unread = (await listNotifications(student.actor, {})).notifications.filter(({ isRead }) => !isRead)
  expect(unread).toHaveLength(13)
  expect((await listNotifications(classmate.actor, {})).notifications.map(({ isRead }) => isRead)).toEqual([false])
})
