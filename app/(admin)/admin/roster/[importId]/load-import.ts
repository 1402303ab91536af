import { notFound } from 'next/navigation'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getRosterImport } from '@/lib/people/get-roster-import'
import { rosterPageQuery } from '@/lib/people/schema'
import type { RosterImportPage } from '@/lib/people/view'

type Search = Readonly<Record<string, string | string[] | undefined>>

/** The import of an address with the page of it that is asked for; what is not there, or not ours, is no page. */
export async function loadImport(importId: string, { view, after }: Search): Promise<RosterImportPage> {
  const actor = await requireActor('admin')
  const query = rosterPageQuery.safeParse({ importId, view: view ?? null, after: after ?? 0 })
  if (!query.success) notFound()
  try {
    return await getRosterImport(actor, query.data)
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}
