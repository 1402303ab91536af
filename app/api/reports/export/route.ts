import { AppError } from '@/lib/domain/errors'
import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'
import { describeExport, type ExportDescription, exportReport } from '@/lib/reports/export-report'
import { exportSchema } from '@/lib/reports/schema'

const definition = {
  name: 'reports.export',
  namespace: 'reports',
  page: '/admin/reports',
  query: exportSchema,
} as const

function headOf({ fileName, format, isGb18030 }: ExportDescription) {
  return { fileName, contentType: CONTENT_TYPES[format === 'xlsx' ? 'xlsx' : isGb18030 ? 'csvGb18030' : 'csv'] }
}

/** A report as a file, streamed as it is read. */
export const GET = createRoute({
  ...definition,
  run: async ({ actor, query, request, now }) => {
    // Handing it out is written down: no page of another site may cause it.
    if (request.headers.get('sec-fetch-site') === 'cross-site') throw new AppError('forbidden', 'foreign_origin')
    const made = await exportReport(actor, query, { now })
    return downloadAnswer({
      ...headOf(made),
      body: made.body,
      headers: {
        'X-Export-Id': made.exportId,
        'X-Export-Rows': String(made.totals.entries),
        'X-Ledger-Head': made.signedHead,
      },
    })
  },
})

/** What the file would be. Of its own: left to GET it would begin an export that nobody reads. */
export const HEAD = createRoute({
  ...definition,
  run: async ({ actor, query, now }) =>
    downloadAnswer({ ...headOf(await describeExport(actor, query, { now })), body: '' }),
})
