import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'
import { exportOwnData } from '@/lib/people/export-own-data'

/** Everything known about oneself. A POST, since handing it out is written down: no link of another site may cause it. */
export const POST = createRoute({
  name: 'people.export_own_data',
  namespace: 'settings',
  page: '/settings',
  run: async ({ actor, now }) => {
    const { fileName, body } = await exportOwnData(actor, {}, { now })
    return downloadAnswer({ body, fileName, contentType: CONTENT_TYPES.json })
  },
})
