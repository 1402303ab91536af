import { notFound } from 'next/navigation'
import { z } from 'zod'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { getMember } from '@/lib/people/get-member'
import type { MemberView } from '@/lib/people/view'

/** The member of an address; who is not there, or of another university, is no page. */
export async function loadMember(memberId: string): Promise<MemberView> {
  const actor = await requireActor('admin')
  if (!z.uuid().safeParse(memberId).success) notFound()
  try {
    return await getMember(actor, memberId)
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}
