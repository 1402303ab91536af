import { exportOverrides } from '@/lib/catalog/export-overrides'
import { exportOverridesQuery } from '@/lib/catalog/schema'
import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'

/** The university's own words on the catalog, as a file that can be imported again. */
export const GET = createRoute({
  name: 'catalog.export',
  query: exportOverridesQuery,
  run: async ({ actor, query }) => {
    const { body, fileName } = await exportOverrides(actor, query)
    const contentType = CONTENT_TYPES[query.encoding === 'gb18030' ? 'csvGb18030' : 'csv']
    return downloadAnswer({ body, fileName, contentType })
  },
})
