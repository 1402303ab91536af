'use server'

import type { FormState } from '@/components/ui/form-state'
import { createAction } from '@/lib/http/action'
import { changeReportColumns } from '@/lib/reports/change-columns'
import { columnsFormSchema } from '@/lib/reports/schema'

const change = createAction({
  name: 'reports.change_columns',
  namespace: 'reports',
  schema: columnsFormSchema,
  run: async ({ actor, input, now }) => {
    await changeReportColumns(actor, input, { now })
    return { redirectTo: '/admin/reports/columns', flash: 'saved' }
  },
})

/** Keeps which columns reports have, in which order and under which headings. */
export async function changeColumnsAction(state: FormState, data: FormData): Promise<FormState> {
  return change(state, data)
}
