import type { Tx } from '@/lib/db/scope'
import { enqueue } from '@/lib/queue/enqueue'
import { type CatalogLine, lineKeyOf } from './queue-rewarning'

/**
 * How changes land there is otherwise known since this is committed: what is stored of a project is asked for again at every
 * university, a job for each place where it stands. What only a commit shows comes to light by that alone: a night asks for
 * what moved, and a rule that was put right moves nothing at the platform.
 */
export async function queueRereading(tx: Tx, places: readonly CatalogLine[]): Promise<void> {
  for (const place of places) await enqueue(tx, 'reread-all', { of: { kind: 'catalog', line: lineKeyOf(place) } })
}
