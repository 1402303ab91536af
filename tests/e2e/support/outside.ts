import { z } from 'zod'
import type { CatalogTier } from '@/lib/domain/catalog'
import { calculateCredit, NO_PRIOR_CREDITS } from '@/lib/domain/credit-calculation'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { readStack } from '@/tests/setup/e2e-places'

const pullRequestSchema = z.object({
  platform: z.enum(['github', 'gitee']),
  repositoryId: z.number(),
  fullName: z.string(),
  number: z.number(),
  title: z.string(),
  authorId: z.number(),
  additions: z.number(),
  deletions: z.number(),
  landing: z.object({ at: z.coerce.date(), branch: z.string(), sha: z.string() }).nullable(),
})
/** A pull request as the sandbox's world knows it to be, whatever its platform shows. */
export type OutsidePullRequest = z.infer<typeof pullRequestSchema>

const detailsSchema = z.object({ details: z.object({ files: z.array(z.object({ path: z.string() })) }) })

const peopleSchema = z.object({
  people: z.array(
    z.object({
      name: z.string(),
      memberships: z.array(
        z.object({
          university: z.string(),
          number: z.string(),
          college: z.string(),
          programme: z.string().nullable(),
          className: z.string().nullable(),
        }),
      ),
    }),
  ),
})

/** Asks the sandbox for the truth of its world. */
async function ask<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const answer = await fetch(`${readStack().sandboxUrl}/_sandbox${path}`)
  return schema.parse(await answer.json())
}

/** Everything that an account ever opened, by `owner/name#number`. */
export async function pullRequestsOf(
  platform: 'github' | 'gitee',
  authorId: number,
): Promise<Map<string, OutsidePullRequest>> {
  const path = `/world/pull-requests?platform=${platform}&authorId=${authorId}`
  const { pullRequests } = await ask(path, z.object({ pullRequests: z.array(pullRequestSchema) }))
  return new Map(pullRequests.map((one) => [`${one.fullName}#${one.number}`, one]))
}

/** Paths of the files that a pull request changes. */
export async function filesOf({ platform, repositoryId, number }: OutsidePullRequest): Promise<string[]> {
  const { details } = await ask(`/world/pull-requests/${platform}/${repositoryId}/${number}`, detailsSchema)
  return details.files.map(({ path }) => path)
}

/** Who a number of the university of Yunlu is, as its registrar has it. */
export async function personOf(studentNumber: string) {
  const { people } = await ask('/people', peopleSchema)
  for (const { name, memberships } of people) {
    const found = memberships.find(({ university, number }) => university === 'yunlu' && number === studentNumber)
    if (found) return { name, ...found }
  }
  throw new Error(`nobody has the number ${studentNumber}`)
}

export type Chosen = { pullRequest: OutsidePullRequest; tier: CatalogTier }

/** What these are worth together, from the facts of the world and the rules alone. In hundredths of a credit. */
export function worthOf(chosen: readonly Chosen[]): number {
  const items = chosen.map(({ pullRequest, tier }) => ({
    contributionId: `${pullRequest.fullName}#${pullRequest.number}`,
    workId: `${pullRequest.fullName}#${pullRequest.number}`,
    kind: 'pull_request' as const,
    repositoryId: String(pullRequest.repositoryId),
    tier,
    landedAt: pullRequest.landing?.at ?? new Date(0),
    changedLines: pullRequest.additions + pullRequest.deletions,
  }))
  return calculateCredit(DEFAULT_POLICY, items, NO_PRIOR_CREDITS).creditHundredths
}
