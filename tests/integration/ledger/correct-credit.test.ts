import { afterAll, beforeAll, expect, test } from 'vitest'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type ReportStage, setReportStage } from '../reports/stage'

let world: TestWorld
let stage: ReportStage
const deps = { now: NOW }

beforeAll(async () => {
  world = await openTestWorld()
  stage = await setReportStage(world)
}, 60_000)
afterAll(() => world?.close())

const correct = (entryId: string, change: { netHundredths: number; newHundredths: number; aboveCaps?: boolean }) =>
  correctCredit(stage.admin.actor, { entryId, reason: '数额有误', ...change }, deps)

test('a figure above the caps of the rules is entered only when it is said to be meant, and then it is said for good', async () => {
  const entryId = await stage.award(2)
  const above = correct(entryId, { netHundredths: 50, newHundredths: 101 })
  await expect(above).rejects.toMatchObject({
    kind: 'invalid',
    code: 'above_caps',
    details: { cap: 'perItem', limit: '1.00' },
  })
  expect(await world.db.creditEntry.count({ where: { correctsEntryId: entryId } })).toBe(0)
  await correct(entryId, { netHundredths: 50, newHundredths: 100 })
  await correct(entryId, { netHundredths: 100, newHundredths: 101, aboveCaps: true })
  // What goes down is under no cap, wherever it comes from.
  await correct(entryId, { netHundredths: 101, newHundredths: 100.0 })
  const events = await world.db.auditEvent.findMany({
    where: { action: 'ledger.corrected', subjectId: entryId },
    orderBy: { id: 'asc' },
  })
  expect(events.map(({ data }) => Object(data).aboveCap)).toEqual([null, 'perItem', null])
})

test('what else the student has in the term counts towards its cap, the award itself does not', async () => {
  const { universityId, memberId } = stage.student
  const caps = { term: 200 }
  const entryId = await stage.award(2)
  const before = await world.db.creditEntry.aggregate({
    where: { universityId, memberId, id: { not: entryId } },
    _sum: { creditHundredths: true },
  })
  const room = caps.term - (before._sum.creditHundredths ?? 0)
  const above = correct(entryId, { netHundredths: 50, newHundredths: Math.min(room, 100) + 1 })
  await expect(above).rejects.toMatchObject({ code: 'above_caps' })
  await correct(entryId, { netHundredths: 50, newHundredths: Math.min(room, 100) })
})
