import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const answer = z.object({
  people: z.array(
    z.object({
      name: z.string(),
      memberships: z.array(
        z.object({
          university: z.string(),
          number: z.string(),
          roles: z.array(z.enum(['student', 'reviewer', 'admin'])),
          college: z.string(),
          programme: z.string().nullable(),
          className: z.string().nullable(),
          email: z.string(),
        }),
      ),
    }),
  ),
})

export type DemoPerson = z.infer<typeof answer>['people'][number]
export type DemoMembership = DemoPerson['memberships'][number]

const TRIES = 60

/** The invented people of the sandbox, who are to stand on the rosters. Waits some seconds for a sandbox that starts. */
export async function fetchDemoPeople(sandboxUrl: string): Promise<DemoPerson[]> {
  for (let left = TRIES; ; left -= 1) {
    try {
      const response = await fetch(`${sandboxUrl}/_sandbox/people`)
      if (response.ok) return answer.parse(await response.json()).people
      throw new Error(`answered ${response.status}`)
    } catch (error) {
      if (left === 0) throw new Error(`the sandbox at ${sandboxUrl} does not tell its people`, { cause: error })
      await sleep(250)
    }
  }
}
