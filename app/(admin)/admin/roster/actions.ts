'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { applyRoster } from '@/lib/people/apply-roster'
import { discardRoster } from '@/lib/people/discard-roster'
import { previewRoster } from '@/lib/people/preview-roster'
import { MAX_ROSTER_BYTES } from '@/lib/people/roster-table'
import { applyRosterInput, discardRosterInput, rosterUpload } from '@/lib/people/schema'

const namespace = 'roster'

const upload = createAction({
  name: 'roster.preview',
  namespace,
  schema: rosterUpload,
  limits: { maxFileBytes: MAX_ROSTER_BYTES },
  run: async ({ actor, input: { file }, now }) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { importId } = await previewRoster(actor, { fileName: file.name, bytes }, { now })
    return { redirectTo: `/admin/roster/${importId}` }
  },
})

const apply = createAction({
  name: 'roster.apply',
  namespace,
  schema: applyRosterInput,
  run: async ({ actor, input, now }) => {
    await applyRoster(actor, input, { now })
    return { redirectTo: `/admin/roster/${input.importId}`, flash: 'roster_applied' }
  },
})

const discard = createAction({
  name: 'roster.discard',
  namespace,
  schema: discardRosterInput,
  run: async ({ actor, input, now }) => {
    await discardRoster(actor, input, { now })
    return { redirectTo: '/admin/roster', flash: 'roster_discarded' }
  },
})

export const uploadRosterAction: FormAction = async (state, data) => upload(state, data)
export const applyRosterAction: FormAction = async (state, data) => apply(state, data)
export const discardRosterAction: FormAction = async (state, data) => discard(state, data)
