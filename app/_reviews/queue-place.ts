import { notFound } from 'next/navigation'
import { z } from 'zod'
import type { QueuePlace } from '@/components/reviews/queue-page'
import { isAppError } from '@/lib/domain/errors'
import { QUEUE_FILTERS } from '@/lib/reviews/schema'
import type { ReviewQueue } from '@/lib/reviews/view'

export type Search = Record<string, string | string[] | undefined>

/** Where in a queue an address points; what makes no sense is left out. */
export function queuePlace(search: Search): QueuePlace {
  const departmentId = z.uuid().safeParse(search.department)
  return {
    departmentId: departmentId.success ? departmentId.data : null,
    filter: QUEUE_FILTERS.find((one) => one === search.filter) ?? 'all',
    cursor: typeof search.cursor === 'string' ? search.cursor : null,
  }
}

/** A queue, or no such page: a foreign department, a cursor that is none of ours. */
export async function orNotFound(queue: Promise<ReviewQueue>): Promise<ReviewQueue> {
  try {
    return await queue
  } catch (error) {
    if (isAppError(error, 'not_found') || isAppError(error, 'invalid')) notFound()
    throw error
  }
}
