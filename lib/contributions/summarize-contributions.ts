import { listContributionFacts } from '@/lib/db/contribution-facts'
import { identitiesOf, judgeContributions, loadJudgementContext } from '@/lib/db/judgement'
import { findPolicyInForce } from '@/lib/db/policy-versions'
import { loadPriorCredits } from '@/lib/db/prior-credits'
import { withScope } from '@/lib/db/scope'
import { getTimeZone, listAllTerms, type TermRow } from '@/lib/db/terms-read'
import type { MemberActor } from '@/lib/domain/actor'
import { needsAcceptance } from '@/lib/domain/contribution'
import { calculateCredit } from '@/lib/domain/credit-calculation'
import { assertCan } from '@/lib/domain/permissions'
import { isWithin } from '@/lib/domain/term'
import { toContributionView, toTermView } from './to-view'
import type { ContributionSummary } from './view'

/** More contributions of one term are not looked at for the first page; the list has them all. */
const LOOKED_AT = 300
const SHOWN = 5

/** What counts now for the actor, what it would give together, and what was credited so far. */
export async function summarizeContributions(
  actor: MemberActor,
  deps = { now: new Date() },
): Promise<ContributionSummary> {
  assertCan(actor, 'contribution.list', { universityId: actor.universityId, ownerPersonId: actor.personId })
  return withScope(actor, async (tx) => {
    const term = termFor(await listAllTerms(tx, actor.universityId), deps.now)
    const timeZone = await getTimeZone(tx, actor.universityId)
    const policy = await findPolicyInForce(tx)
    if (policy === null || term === null) {
      const prior = await loadPriorCredits(tx, { ...actor, termId: term?.id ?? null })
      return { ...NOTHING, term: term && toTermView(term), timeZone, creditTotalHundredths: prior.lifetimeHundredths }
    }
    const context = await loadJudgementContext(tx, { ...actor, term, policy })
    const contributions = await listContributionFacts(tx, {
      identities: identitiesOf(context),
      after: null,
      limit: LOOKED_AT + 1,
      span: term,
    })
    const judged = await judgeContributions(tx, context, {
      contributions: contributions.slice(0, LOOKED_AT),
      forNewClaim: true,
    })
    const ready = judged.filter(({ judgement }) => judgement.eligible)
    const items = ready.flatMap(({ item }) => (item && !needsAcceptance(item.kind) ? [item] : []))
    return {
      term: toTermView(term),
      timeZone,
      hasAccounts: context.accounts.some(({ unlinkedAt }) => unlinkedAt === null),
      ready: ready.slice(0, SHOWN).map((one) => toContributionView(one, context)),
      readyCount: ready.length,
      readyHundredths: calculateCredit(policy.policy, items, context.prior).creditHundredths,
      more: contributions.length > LOOKED_AT,
      creditTermHundredths: context.prior.termHundredths,
      creditTotalHundredths: context.prior.lifetimeHundredths,
    }
  })
}

const NOTHING: ContributionSummary = {
  term: null,
  timeZone: '',
  hasAccounts: true,
  ready: [],
  readyCount: 0,
  readyHundredths: 0,
  more: false,
  creditTermHundredths: 0,
  creditTotalHundredths: 0,
}

/** The term that runs now, or the newest one that still takes claims. */
function termFor(terms: readonly TermRow[], now: Date): TermRow | null {
  const open = terms.filter(({ closedAt }) => closedAt === null)
  return open.find((term) => isWithin(now, term)) ?? open.find(({ startsAt }) => startsAt <= now) ?? null
}
