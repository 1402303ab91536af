import { randomUUID } from 'node:crypto'
import { pauseSync } from '@/lib/sync/pause-sync'
import { askDatabase } from '@/tests/e2e/support/stack-database'
import type { SignedIn } from '@/tests/setup/sign-in'

const FAILED_RUN = `
  insert into sync_run (id, account_id, person_id, university_id, trigger, state, requested_at, started_at, finished_at,
    failure_kind, seen, skipped)
  values ($1, $2, $3, $4, 'nightly', 'failed', now(), now(), now(), 'unavailable', 12, 1) returning id`
const SKIP = `
  insert into sync_skip (run_id, person_id, ordinal, reference, reason)
  values ($1, $2, 1, 'pytorch/pytorch#1', 'unreadable_record') returning run_id`
const ALLOWANCE = `
  insert into sync_allowance (university_id, platform, pool, total, remaining, resets_at, told_at)
  values ($1, 'github', $2, $3, $4, now() + interval '20 minutes', now())
  on conflict (university_id, platform, pool) do nothing returning pool`

/** Trouble of each kind, so that the page about the syncs has all of its parts to show. */
export async function furnishSync(admin: SignedIn, failing: SignedIn & { accountId: string }): Promise<void> {
  const { universityId } = admin.actor
  const { personId } = failing.actor
  const runId = randomUUID()
  await askDatabase(FAILED_RUN, [runId, failing.accountId, personId, universityId])
  await askDatabase(SKIP, [runId, personId])
  await askDatabase(ALLOWANCE, [universityId, 'graphql', 5000, 4870])
  await askDatabase(ALLOWANCE, [universityId, 'search', 30, 3])
  await pauseSync(admin.actor, { platform: 'huggingface', reason: '平台通知今晚停机维护，明早继续' })
}
