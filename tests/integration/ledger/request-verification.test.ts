import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listLedger } from '@/lib/ledger/list-ledger'
import { requestVerification } from '@/lib/ledger/request-verification'
import { runVerification } from '@/lib/ledger/run-verification'
import type { LedgerCheck } from '@/lib/ledger/view'
import { verifyLedger as handler } from '@/lib/worker/handlers/verify-ledger'
import { NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type ReportStage, setReportStage } from '@/tests/integration/reports/stage'
import { setAppEnv } from '@/tests/setup/app-env'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TRYING = { signal: new AbortController().signal, attempt: 1, isLastAttempt: false }

let world: TestWorld
let stage: ReportStage
let worker: ChildProcess | undefined

beforeEach(async () => {
  setAppEnv()
  world = await openTestWorld()
  stage = await setReportStage(world)
})
afterEach(async () => {
  worker?.kill('SIGKILL')
  worker = undefined
  await world.close()
})

const payload = () => ({ universityId: stage.university.universityId })
const press = (now = NOW) => requestVerification(stage.admin.actor, { now })
const shown = async (): Promise<LedgerCheck> => (await listLedger(stage.admin.actor)).check
const jobs = () =>
  world.db.$queryRaw<unknown[]>`select id from graphile_worker.jobs where task_identifier = 'verify-ledger'`

/** Done past the database's refusal, by its owner. */
async function tamper(sequence: number): Promise<void> {
  await world.db.$executeRawUnsafe('alter table credit_entry disable trigger append_only')
  await world.db.$executeRawUnsafe(`update credit_entry set credit_hundredths = 99 where sequence = ${sequence}`)
}

async function untilIdle(): Promise<LedgerCheck> {
  for (let round = 0; round < 240; round += 1) {
    const check = await shown()
    if (check.runState === 'idle' && (await jobs()).length === 0) return check
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error('not checked within a minute')
}

test('pressed many times at once it starts one check; the worker does it, and the page has what it found', async () => {
  expect(await shown()).toMatchObject({ runState: 'idle', result: null })
  await stage.award(2)
  await stage.award(1)
  const pressed = await Promise.all([press(), press(), press()])
  expect(pressed.filter(({ started }) => started)).toHaveLength(1)
  expect(await press()).toEqual({ started: false })
  expect(await jobs()).toHaveLength(1)
  expect(await shown()).toMatchObject({ runState: 'queued', result: null })
  const asked = await world.db.auditEvent.findMany({ where: { action: 'ledger.verification_requested' } })
  expect(asked).toMatchObject([{ actorMemberId: stage.admin.memberId }])

  worker = spawn(process.execPath, ['--import', 'tsx', 'lib/worker/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(worker, 'message')
  expect(await untilIdle()).toMatchObject({ result: { ok: true, lines: 2, sequence: null, fault: null } })

  await tamper(2)
  expect(await press(new Date())).toEqual({ started: true })
  const broken = await untilIdle()
  expect(broken).toMatchObject({ result: { ok: false, lines: 1, sequence: 2, fault: 'hash_differs' } })
  const verified = await world.db.auditEvent.findMany({ where: { action: 'ledger.verified' }, orderBy: { id: 'asc' } })
  expect(verified).toMatchObject([
    { actorKind: 'system', actorName: 'SYSTEM_LEDGER_WATCH', data: { ok: true, lines: 2 } },
    { data: { ok: false, lines: 1, fault: 'hash_differs' } },
  ])
})

test('while it runs the page says how far it is', async () => {
  for (let index = 0; index < 3; index += 1) await stage.award(1)
  await press()
  // Every state that a page could have been shown.
  await world.db.$executeRawUnsafe('create table trace (id serial, run_state text, checked int, total int)')
  await world.db.$executeRawUnsafe(`create function trace_check() returns trigger language plpgsql security definer as $$
    begin insert into public.trace (run_state, checked, total) values (new.run_state, new.checked_lines, new.total_lines);
    return new; end $$`)
  await world.db.$executeRawUnsafe(
    'create trigger trace after update on ledger_check for each row execute function trace_check()',
  )
  const actor = { kind: 'system', name: 'SYSTEM_LEDGER_WATCH', ...payload() } as const
  await runVerification(actor, payload(), { linesAtOnce: 2 })
  const seen = await world.db.$queryRaw<unknown[]>`select run_state, checked, total from trace order by id`
  expect(seen).toEqual([
    { run_state: 'running', checked: 2, total: 3 },
    { run_state: 'running', checked: 3, total: 3 },
    // The result is written down, then the run ends.
    { run_state: 'running', checked: 3, total: 3 },
    { run_state: 'idle', checked: 3, total: 3 },
  ])
  expect(await shown()).toMatchObject({ runState: 'idle', result: { ok: true, lines: 3 } })
})

test('a check that breaks off says so at its last try, keeps what was found before, and can be asked for again', async () => {
  await stage.award(1)
  await press()
  await handler(payload(), TRYING)
  await press()
  await world.db.$executeRawUnsafe('alter table evidence rename to evidence_gone')
  await expect(handler(payload(), TRYING)).rejects.toThrow()
  expect((await shown()).runState).toBe('queued')
  await expect(handler(payload(), { ...TRYING, isLastAttempt: true })).rejects.toThrow()
  expect(await shown()).toMatchObject({ runState: 'failed', result: { ok: true, lines: 1 } })
  await world.db.$executeRawUnsafe('alter table evidence_gone rename to evidence')
  expect(await press()).toEqual({ started: true })
})

test('a worker that is asked to stop leaves the check to another, and one that was never heard of again is not waited for', async () => {
  await stage.award(1)
  await press()
  await world.db.$executeRaw`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs)) is null`
  const stopped = new AbortController()
  stopped.abort()
  await handler(payload(), { ...TRYING, signal: stopped.signal })
  expect(await jobs()).toHaveLength(1)
  expect((await shown()).result).toBeNull()
  expect(await press(new Date(NOW.getTime() + 10 * 60_000))).toEqual({ started: false })
  expect(await press(new Date(NOW.getTime() + 20 * 60_000))).toEqual({ started: true })
  expect(await jobs()).toHaveLength(1)
})

test('nobody but an admin asks', async () => {
  for (const { actor } of [stage.student, stage.professor]) {
    await expect(requestVerification(actor)).rejects.toMatchObject({ code: 'role_not_allowed' })
  }
})
