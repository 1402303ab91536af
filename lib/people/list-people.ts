import { listDepartments } from '@/lib/db/departments'
import { listMemberLines } from '@/lib/db/members'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { encodeKeyset } from '@/lib/domain/keyset'
import { assertCan } from '@/lib/domain/permissions'
import type { PeopleQuery } from './schema'
import { textPosition } from './text-position'
import type { PeoplePage } from './view'

const PAGE = 50

/**
 * The university's members in order of their number, with the departments to narrow by.
 * @throws AppError invalid `bad_cursor`
 */
export async function listPeople(actor: MemberActor, query: PeopleQuery): Promise<PeoplePage> {
  const { universityId } = actor
  assertCan(actor, 'people.list', { universityId })
  const { cursor, ...filter } = query
  const afterNumber = textPosition(cursor)
  return withScope({ universityId }, async (tx) => {
    const rows = await listMemberLines(tx, { universityId, limit: PAGE + 1, afterNumber, ...filter })
    const people = rows.slice(0, PAGE)
    const last = people.at(-1)
    return {
      people,
      departments: await listDepartments(tx, universityId),
      nextCursor: rows.length > PAGE && last ? encodeKeyset([last.number]) : null,
    }
  })
}
