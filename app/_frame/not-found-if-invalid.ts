import { notFound } from 'next/navigation'
import { isAppError } from '@/lib/domain/errors'

/** An address whose cursor is none of ours is no page. */
export function notFoundIfInvalid(error: unknown): never {
  if (isAppError(error, 'invalid')) notFound()
  throw error
}
