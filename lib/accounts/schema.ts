import { z } from 'zod'
import { PLATFORMS } from '@/lib/domain/platform'

/** Parameters of the routes below `/api/link/[platform]`. */
export const platformParams = z.object({ platform: z.enum(PLATFORMS) })

/** The form that leads to a platform: which text of consent stood above the button. */
export const startLinkForm = z.object({ consentVersion: z.coerce.number().int() })

/** What a platform sends a browser back with. Both codes and states are short texts; anything longer is none of theirs. */
export const callbackQuery = z.object({
  state: z.string().max(200).optional(),
  code: z.string().max(500).optional(),
  error: z.string().max(200).optional(),
})

export const attemptForm = z.object({ attemptId: z.uuid(), consentVersion: z.coerce.number().int() })
export const cancelForm = z.object({ attemptId: z.uuid() })
export const accountForm = z.object({ accountId: z.uuid() })
