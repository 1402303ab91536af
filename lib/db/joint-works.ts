import { z } from 'zod'
import type { CoAuthor } from '@/lib/domain/contribution'
import { PLATFORMS } from '@/lib/domain/platform'
import type { Tx } from './scope'

const jointSchema = z.object({
  workId: z.string(),
  contributionId: z.string(),
  platform: z.enum(PLATFORMS),
  participants: z.array(z.object({ platformUserId: z.string(), login: z.string() })),
  wholeByOther: z.boolean(),
  wholeBySelf: z.boolean(),
})

/**
 * A work that several accounts have a part in: by the copy of it that decides for all others, with everybody named there,
 * the author first. `wholeByOther` and `wholeBySelf` are whether a live claim or an award has it without a part: of somebody
 * else's, at whatever university, one learns that alone, and only who has a part learns it.
 */
export type JointWork = Omit<z.infer<typeof jointSchema>, 'workId'> & { participants: readonly CoAuthor[] }

/** The joint ones of some works, by work. */
export async function findJointWorks(tx: Tx, workIds: readonly string[]): Promise<Map<string, JointWork>> {
  if (workIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<unknown[]>`
    select j.joint_work_id::text as "workId", c.id::text as "contributionId", c.platform,
           j.whole_by_other as "wholeByOther", j.whole_by_self as "wholeBySelf",
           (select jsonb_agg(jsonb_build_object('platformUserId', p.id, 'login', p.login) order by p.place, p.id)
              from (select 0 as place, c.author_platform_user_id as id, coalesce(c.author_login, '') as login
                     where c.author_platform_user_id is not null
                    union all
                    select 1, w.platform_user_id, w.login from contribution_co_author w
                     where w.contribution_id = c.id and w.platform_user_id is distinct from c.author_platform_user_id
                   ) p) as participants
      from joint_works(${[...new Set(workIds)]}::uuid[]) j join contribution c on c.id = j.joint_contribution_id`
  return new Map(
    jointSchema
      .array()
      .parse(rows)
      .map(({ workId, ...joint }) => [workId, joint]),
  )
}
