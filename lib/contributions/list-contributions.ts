import { type ContributionPosition, listContributionFacts, type PlatformIdentity } from '@/lib/db/contribution-facts'
import { identitiesOf, type JudgementContext, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { encodeMoment, parseMoment } from '@/lib/domain/moment-position'
import { assertCan } from '@/lib/domain/permissions'
import type { ListContributionsQuery } from './schema'
import { toContributionView, toTermView } from './to-view'
import type { ContributionList, ContributionView } from './view'

const PAGE = 30
/** With a filter, at most this many chunks are judged for one page; the next page goes on where they ended. */
const CHUNK = 90
const MAX_CHUNKS = 8

/**
 * The actor's own contributions, newest first, each with what the rules say of it and what it would give alone.
 * @throws AppError invalid `bad_cursor`, not_found `term_not_found`
 */
export async function listContributions(
  actor: MemberActor,
  query: ListContributionsQuery,
  options: { limit?: number } = {},
): Promise<ContributionList> {
  assertCan(actor, 'contribution.list', { universityId: actor.universityId, ownerPersonId: actor.personId })
  const place = parseMoment(query.cursor)
  const after = place && { orderedAt: place.at, id: place.id }
  return withScope(actor, async (tx) => {
    const [terms, timeZone, policy] = [
      await listAllTerms(tx, actor.universityId),
      await getTimeZone(tx, actor.universityId),
      await findPolicyInForce(tx),
    ]
    const term = findTermOf(terms, query.termId)
    const frame = { terms: terms.map(toTermView), term: term && toTermView(term), timeZone }
    if (policy === null) return { ...frame, items: [], nextCursor: null, hasAccounts: true, hasPolicy: false }
    const context = await loadJudgementContext(tx, { ...actor, term, policy })
    const page = await collectPage(tx, context, { query, after, term, shownAtMost: options.limit ?? PAGE })
    return { ...frame, ...page, hasAccounts: context.accounts.length > 0, hasPolicy: true }
  })
}

type PageInput = {
  query: ListContributionsQuery
  after: ContributionPosition | null
  term: TermRow | null
  shownAtMost: number
}

/** Reads on until a page is full: whether one counts is known only when it is judged. */
async function collectPage(
  tx: Tx,
  context: JudgementContext,
  { query, after, term, shownAtMost }: PageInput,
): Promise<Pick<ContributionList, 'items' | 'nextCursor'>> {
  const identities = identitiesOf(context).filter(onPlatform(query.platform))
  const limit = query.filter === 'all' ? shownAtMost + 1 : CHUNK
  const found: { view: ContributionView; position: ContributionPosition }[] = []
  let position = after
  for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
    const contributions = await listContributionFacts(tx, { identities, after: position, limit, span: term })
    const judged = await judgeContributions(tx, context, { contributions, forNewClaim: true })
    for (const one of judged) {
      if (query.filter !== 'all' && one.judgement.eligible !== (query.filter === 'counts')) continue
      const { orderedAt, fact } = one.stored
      found.push({ view: toContributionView(one, context), position: { orderedAt, id: fact.id } })
    }
    const last = contributions.at(-1)
    position = last ? { orderedAt: last.orderedAt, id: last.fact.id } : null
    if (contributions.length < limit || found.length > shownAtMost) break
    if (chunk === MAX_CHUNKS - 1) return { items: found.map(({ view }) => view), nextCursor: cursorOf(position) }
  }
  const shown = found.slice(0, shownAtMost)
  return {
    items: shown.map(({ view }) => view),
    nextCursor: found.length > shownAtMost ? cursorOf(shown.at(-1)?.position ?? null) : null,
  }
}

function onPlatform(platform: ListContributionsQuery['platform']): (identity: PlatformIdentity) => boolean {
  return (identity) => platform === null || identity.platform === platform
}

function findTermOf(terms: readonly TermRow[], termId: string | null): TermRow | null {
  if (termId === null) return null
  const term = terms.find(({ id }) => id === termId)
  if (!term) throw new AppError('not_found', 'term_not_found')
  return term
}

function cursorOf(position: ContributionPosition | null): string | null {
  return position && encodeMoment({ at: position.orderedAt, id: position.id })
}
