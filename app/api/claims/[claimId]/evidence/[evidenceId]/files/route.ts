import { z } from 'zod'
import { createRoute } from '@/lib/http/route'
import { evidenceDiffSchema, loadEvidenceDiff } from '@/lib/reviews/load-evidence-diff'

const { claimId, evidenceId, afterOrdinal, limit } = evidenceDiffSchema.shape

/** Diffs of frozen evidence, a few at a time: loaded when somebody opens them. */
export const GET = createRoute({
  name: 'reviews.evidence_files',
  params: z.object({ claimId, evidenceId }),
  query: z.object({ afterOrdinal, limit }),
  run: ({ actor, params, query }) => loadEvidenceDiff(actor, { ...params, ...query }),
})
