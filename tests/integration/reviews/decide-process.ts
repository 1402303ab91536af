import { z } from 'zod'
import { closeDatabase } from '@/lib/db/client'
import { isAppError } from '@/lib/domain/errors'
import { decideClaim } from '@/lib/reviews/decide-claim'

const order = z.object({
  actor: z.object({
    kind: z.literal('member'),
    personId: z.string(),
    memberId: z.string(),
    universityId: z.string(),
    roles: z.array(z.enum(['student', 'reviewer', 'admin'])),
    reviewDepartmentIds: z.array(z.string()),
  }),
  claimId: z.string(),
  version: z.number(),
  action: z.enum(['endorse', 'request_changes', 'reject', 'approve']),
  reasonCode: z.literal('trivial').nullable(),
  now: z.coerce.date(),
})

/** One decision in a process of its own, as another instance of the app would make it. */
async function main(): Promise<void> {
  const { actor, now, ...input } = order.parse(JSON.parse(process.argv[2] ?? ''))
  try {
    const { creditHundredths } = await decideClaim(actor, input, { now })
    console.log(JSON.stringify({ ok: true, creditHundredths }))
  } catch (error) {
    if (!isAppError(error)) throw error
    console.log(JSON.stringify({ ok: false, code: error.code }))
  } finally {
    await closeDatabase()
  }
}

await main()
