'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { pauseSync } from '@/lib/sync/pause-sync'
import { resumeSync } from '@/lib/sync/resume-sync'
import { retryFailedSyncs } from '@/lib/sync/retry-failed-syncs'
import { pauseSyncInput, resumeSyncInput, retryFailedInput } from '@/lib/sync/schema'

const namespace = 'syncHealth'
const PAGE = '/admin/sync'

const pause = createAction({
  name: 'sync.pause',
  namespace,
  schema: pauseSyncInput,
  run: async ({ actor, input, now }) => {
    await pauseSync(actor, input, { now })
    return { redirectTo: PAGE, flash: 'sync_paused' }
  },
})

const resume = createAction({
  name: 'sync.resume',
  namespace,
  schema: resumeSyncInput,
  run: async ({ actor, input, now }) => {
    await resumeSync(actor, input, { now })
    return { redirectTo: PAGE, flash: 'sync_resumed' }
  },
})

const retry = createAction({
  name: 'sync.retry',
  namespace,
  schema: retryFailedInput,
  run: async ({ actor, input, now }) => {
    await retryFailedSyncs(actor, input, { now })
    return { redirectTo: PAGE, flash: 'sync_retried' }
  },
})

export const pauseSyncAction: FormAction = async (state, data) => pause(state, data)
export const resumeSyncAction: FormAction = async (state, data) => resume(state, data)
export const retryFailedAction: FormAction = async (state, data) => retry(state, data)
