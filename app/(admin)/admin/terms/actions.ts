'use server'

import { createAction, type FormAction } from '@/lib/http/action'
import { closeTerm } from '@/lib/people/close-term'
import { createTerm } from '@/lib/people/create-term'
import { editTerm } from '@/lib/people/edit-term'
import { reopenTerm } from '@/lib/people/reopen-term'
import { createTermInput, editTermInput, termStateInput } from '@/lib/people/schema'

const namespace = 'terms'
const path = '/admin/terms'

const create = createAction({
  name: 'terms.create',
  namespace,
  schema: createTermInput,
  run: async ({ actor, input, now }) => {
    await createTerm(actor, input, { now })
    return { redirectTo: path, flash: 'term_created' }
  },
})

const edit = createAction({
  name: 'terms.edit',
  namespace,
  schema: editTermInput,
  run: async ({ actor, input, now }) => {
    await editTerm(actor, input, { now })
    return { redirectTo: path, flash: 'saved' }
  },
})

const close = createAction({
  name: 'terms.close',
  namespace,
  schema: termStateInput,
  run: async ({ actor, input, now }) => {
    await closeTerm(actor, input, { now })
    return { redirectTo: path, flash: 'term_closed' }
  },
})

const reopen = createAction({
  name: 'terms.reopen',
  namespace,
  schema: termStateInput,
  run: async ({ actor, input, now }) => {
    await reopenTerm(actor, input, { now })
    return { redirectTo: path, flash: 'term_reopened' }
  },
})

export const createTermAction: FormAction = async (state, data) => create(state, data)
export const editTermAction: FormAction = async (state, data) => edit(state, data)
export const closeTermAction: FormAction = async (state, data) => close(state, data)
export const reopenTermAction: FormAction = async (state, data) => reopen(state, data)
