import { z } from 'zod'
import { isTimeZone } from '@/lib/domain/term'

export const createUniversitySchema = z.object({
  /** In addresses: short, lower case. */
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  nameZh: z.string().trim().min(1).max(80),
  nameEn: z.string().trim().min(1).max(80),
  timeZone: z.string().refine(isTimeZone),
})
export type CreateUniversityInput = z.input<typeof createUniversitySchema>
