import { demoPeople } from '../demo-people'
import { Random } from '../random'
import type { Account, Platform } from '../types'
import { type Draft, SPAN, TERM_START } from './draft'
import { SMALL_REPOSITORIES, type SmallRepository } from './repositories'
import { titleFor } from './titles'

/** How many ordinary pull requests each demo account has; the traps come on top. */
const DEMO_COUNTS: Readonly<Record<string, { github?: number; gitee?: number }>> = {
  'lin-yue': { github: 26, gitee: 10 },
  'chen-siyuan': { github: 9, gitee: 24 },
  'wang-ruoxi': { github: 20, gitee: 6 },
}
const DEMO_COUNT = { github: 11, gitee: 7 }
const TOTAL = 755
const GITEE_SHARE = 0.22

/** Everyday work: what demo people and the crowd do besides the traps. */
export function ordinaryDrafts(seed: string, crowd: Readonly<Record<Platform, readonly Account[]>>): readonly Draft[] {
  const random = new Random(`${seed}/ordinary`)
  const drafts: Draft[] = []
  for (const person of demoPeople) {
    for (const platform of ['github', 'gitee'] as const) {
      const account = person[platform]
      if (!account) continue
      const count = DEMO_COUNTS[person.key]?.[platform] ?? DEMO_COUNT[platform]
      for (let index = 0; index < count; index += 1) drafts.push(draftOf(platform, account.id, random))
    }
  }
  while (drafts.length < TOTAL) {
    const platform = random.chance(GITEE_SHARE) ? 'gitee' : 'github'
    drafts.push(draftOf(platform, random.pick(crowd[platform]).id, random))
  }
  return drafts
}

function draftOf(platform: Platform, authorId: number, random: Random): Draft {
  const repository = weighted(platform, random)
  const fate = random.next()
  return {
    repository,
    authorId,
    createdAt: momentFor(random),
    landing: fate < 0.78 ? repository.landingKind : null,
    unlanded: fate < 0.9 ? 'closed' : 'open',
    isDraft: fate > 0.97,
    title: titleFor(repository, random),
    traps: [],
  }
}

function weighted(platform: Platform, random: Random): SmallRepository {
  const candidates = SMALL_REPOSITORIES.filter((one) => one.platform === platform && one.weight > 0)
  const tickets = candidates.flatMap((one) => Array.from({ length: one.weight }, () => one))
  return random.pick(tickets)
}

/** Two of five lie in the autumn 2026 term, the others anywhere in the span. */
export function momentFor(random: Random): Date {
  const from = random.chance(0.4) ? TERM_START.getTime() : SPAN.from.getTime()
  const to = SPAN.to.getTime() - 4 * 86_400_000
  return new Date(Math.floor((from + random.next() * (to - from)) / 1000) * 1000)
}
