import { AppError } from '@/lib/domain/errors'
import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'
import { exportReport } from '@/lib/reports/export-report'
import { exportSchema } from '@/lib/reports/schema'

/** A report as a file, streamed as it is read. */
export const GET = createRoute({
  name: 'reports.export',
  query: exportSchema,
  run: async ({ actor, query, request, now }) => {
    // Handing it out is written down: no page of another site may cause it.
    if (request.headers.get('sec-fetch-site') === 'cross-site') throw new AppError('forbidden', 'foreign_origin')
    const made = await exportReport(actor, query, { now })
    const contentType = made.format === 'xlsx' ? 'xlsx' : made.isGb18030 ? 'csvGb18030' : 'csv'
    return downloadAnswer({
      body: made.body,
      fileName: made.fileName,
      contentType: CONTENT_TYPES[contentType],
      headers: {
        'X-Export-Id': made.exportId,
        'X-Export-Rows': String(made.totals.entries),
        'X-Ledger-Head': made.signedHead,
      },
    })
  },
})
