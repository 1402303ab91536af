import { z } from 'zod'
import { DEPENDENCY_FILE_MAX_BYTES } from '@/lib/domain/dependency-file'

/** A file as the platforms' contents endpoints give it, in the form that GitHub began. */
export const contentFileSchema = z.object({
  type: z.literal('file'),
  size: z.int().min(0),
  encoding: z.literal('base64'),
  content: z.string(),
})

/** The text of such a file; null where it is too large or no text at all. */
export function textOfContentFile({ size, content }: z.infer<typeof contentFileSchema>): string | null {
  if (size > DEPENDENCY_FILE_MAX_BYTES) return null
  const text = Buffer.from(content, 'base64').toString('utf8')
  return text.includes('\u0000') ? null : text
}
