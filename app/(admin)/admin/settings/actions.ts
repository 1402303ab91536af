'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { renameUniversity } from '@/lib/people/rename-university'
import { universityNamesInput } from '@/lib/people/schema'

const rename = createAction({
  name: 'university.rename',
  namespace: 'adminSettings',
  schema: universityNamesInput,
  run: async ({ actor, input, now }) => {
    await renameUniversity(actor, input, { now })
    return { redirectTo: '/admin/settings', flash: 'saved' }
  },
})

export const renameUniversityAction: FormAction = async (state, data) => rename(state, data)
