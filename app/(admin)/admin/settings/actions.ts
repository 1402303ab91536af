'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { renameUniversity } from '@/lib/people/rename-university'
import { surgeLimitInput, universityNamesInput } from '@/lib/people/schema'
import { setSurgeLimit } from '@/lib/people/set-surge-limit'

const rename = createAction({
  name: 'university.rename',
  namespace: 'adminSettings',
  schema: universityNamesInput,
  run: async ({ actor, input, now }) => {
    await renameUniversity(actor, input, { now })
    return { redirectTo: '/admin/settings', flash: 'saved' }
  },
})

const limitSurges = createAction({
  name: 'university.limit_surges',
  namespace: 'adminSettings',
  schema: surgeLimitInput,
  run: async ({ actor, input, now }) => {
    await setSurgeLimit(actor, input, { now })
    return { redirectTo: '/admin/settings', flash: 'saved' }
  },
})

export const setSurgeLimitAction: FormAction = async (state, data) => limitSurges(state, data)
export const renameUniversityAction: FormAction = async (state, data) => rename(state, data)
