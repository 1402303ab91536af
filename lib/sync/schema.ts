import * as z from 'zod'
import { PLATFORMS } from '@/lib/domain/platform'

const platform = z.enum(PLATFORMS)

/** A reason is read by students: a lone character says nothing. */
export const pauseSyncInput = z.strictObject({ platform, reason: z.string().trim().min(4).max(300) })

export const resumeSyncInput = z.strictObject({ platform })

/** One account, or all of a platform that failed. */
export const retryFailedInput = z.strictObject({ platform, accountId: z.uuid().optional() })

export const skippedRecordsQuery = z.strictObject({
  platform: platform.default('github'),
  cursor: z.string().max(1024).nullable().default(null),
})
export type SkippedRecordsQuery = z.output<typeof skippedRecordsQuery>
