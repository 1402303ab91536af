import { z } from 'zod'
import { sumPriorCredits } from '@/lib/domain/calculation-record'
import type { PriorCredits } from '@/lib/domain/credit-calculation'
import type { Tx } from './scope'

const priorSchema = z.object({
  termHundredths: z.number(),
  lifetimeHundredths: z.number(),
  awards: z.array(
    z.object({
      leftHundredths: z.number(),
      parts: z.array(z.object({ repositoryId: z.string(), hundredths: z.number(), items: z.number() })),
    }),
  ),
})

/**
 * What a member was credited before at the university: of a term, by repository, and in all; net of corrections. One
 * statement. The sums come from an index alone; of the calculations only what each award of the term gave to whom, added
 * up where it is: no more rows than the term's cap has hundredths.
 */
export async function loadPriorCredits(
  tx: Tx,
  query: { universityId: string; memberId: string; termId: string | null },
): Promise<PriorCredits> {
  const { universityId, memberId, termId } = query
  const rows = await tx.$queryRaw<unknown[]>`
    select coalesce(sum(s.credit_hundredths) filter (where s.term_id = ${termId}::uuid), 0)::int as "termHundredths",
           coalesce(sum(s.credit_hundredths), 0)::int as "lifetimeHundredths",
           (select coalesce(jsonb_agg(jsonb_build_object('leftHundredths', a.left_over, 'parts', a.parts)), '[]') from (
              select e.credit_hundredths + coalesce(c.total, 0) as left_over, p.parts
                from credit_entry e
                left join lateral (
                  select sum(x.credit_hundredths) as total from credit_entry x
                   where x.university_id = e.university_id and x.corrects_entry_id = e.id
                ) c on true
               cross join lateral (
                  select jsonb_agg(jsonb_build_object('repositoryId', g.repository_id, 'hundredths', g.hundredths, 'items', g.items))
                    from (
                      select i.value ->> 'repositoryId' as repository_id, count(*) as items,
                             sum((r.value ->> 'hundredths')::int) as hundredths
                        from jsonb_array_elements(e.calculation #> '{result,items}') r(value)
                        join jsonb_array_elements(e.calculation -> 'items') i(value)
                          on i.value ->> 'contributionId' = r.value ->> 'contributionId'
                       where (r.value ->> 'hundredths')::int > 0
                       group by 1) g
                ) p(parts)
               where e.university_id = ${universityId}::uuid and e.member_id = ${memberId}::uuid
                 and e.term_id = ${termId}::uuid and e.kind = 'award' and e.credit_hundredths > 0
                 and e.credit_hundredths + coalesce(c.total, 0) > 0 and p.parts is not null) a) as awards
      from credit_entry s
     where s.university_id = ${universityId}::uuid and s.member_id = ${memberId}::uuid`
  const [prior] = z.tuple([priorSchema]).parse(rows)
  return sumPriorCredits(prior)
}
