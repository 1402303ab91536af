import { expect, test } from 'vitest'
import { judgeHealth, QUEUE_STUCK_SECONDS, WORKER_SILENT_SECONDS } from '@/lib/health/health'

const well = {
  shipped: ['1_tables', '2_walls'],
  applied: ['1_tables', '2_walls'],
  queue: { due: 3, oldestDueSeconds: 2, givenUp: 1, workerSeenSecondsAgo: 4 },
}

test('all well: what there is, by name and number', () => {
  expect(judgeHealth(well)).toEqual({
    status: 'ok',
    database: { ok: true },
    migrations: { ok: true, applied: ['1_tables', '2_walls'], missing: [] },
    queue: { ok: true, due: 3, oldestDueSeconds: 2, givenUp: 1, workerSeenSecondsAgo: 4 },
  })
})

test.each([
  ['no database', null, 'database'],
  ['a migration that was not applied', { ...well, applied: ['1_tables'] }, 'migrations'],
  ['no worker ever', { ...well, queue: { ...well.queue, workerSeenSecondsAgo: null } }, 'queue'],
  ['a silent worker', { ...well, queue: { ...well.queue, workerSeenSecondsAgo: WORKER_SILENT_SECONDS + 1 } }, 'queue'],
  ['a queue that stands', { ...well, queue: { ...well.queue, oldestDueSeconds: QUEUE_STUCK_SECONDS + 1 } }, 'queue'],
] as const)('%s is unwell, and says where', (_what, seen, part) => {
  const health = judgeHealth(seen)
  expect(health.status).toBe('unwell')
  expect(health[part].ok).toBe(false)
})

test('a database that is ahead of this version (a deployment rolls) is well', () => {
  expect(judgeHealth({ ...well, applied: [...well.applied, '3_next'] }).status).toBe('ok')
})
