'use server'

import { overrideEntry } from '@/lib/catalog/override-entry'
import { removeOverride } from '@/lib/catalog/remove-override'
import { overrideInput, removeOverrideInput } from '@/lib/catalog/schema'
import { createAction, type FormAction } from '@/lib/http/action'

const override = createAction({
  name: 'catalog.override',
  namespace: 'catalog',
  schema: overrideInput,
  run: async ({ actor, input, now }) => {
    await overrideEntry(actor, input, { now })
    return { redirectTo: `/admin/catalog?own=on&search=${encodeURIComponent(input.owner)}`, flash: 'catalog_saved' }
  },
})

const remove = createAction({
  name: 'catalog.remove_override',
  namespace: 'catalog',
  schema: removeOverrideInput,
  run: async ({ actor, input, now }) => {
    await removeOverride(actor, input, { now })
    return { redirectTo: '/admin/catalog', flash: 'catalog_restored' }
  },
})

export const overrideAction: FormAction = async (state, data) => override(state, data)
export const removeOverrideAction: FormAction = async (state, data) => remove(state, data)
