import type pg from 'pg'
import { type ClaimState, LIVE_STATES } from '@/lib/domain/claim-states'
import { ENGINE_VERSION } from '@/lib/domain/credit-calculation'
import { type Cell, copyRows } from './copy-rows'
import { departmentOf } from './seed-people'
import { type BenchClaim, type BenchContribution, type BenchMember, DAY_MS, Dice, idOf } from './world'

const KIND = { claim: 13, item: 14, evidence: 15, decision: 16 }

/** How claims are spread over their states, in hundredths. */
const SPREAD: readonly (readonly [ClaimState, number])[] = [
  ['approved', 55],
  ['in_review', 15],
  ['endorsed', 8],
  ['rejected', 6],
  ['draft', 5],
  ['submitted', 4],
  ['changes_requested', 4],
  ['withdrawn', 3],
]

type Input = {
  contributions: readonly BenchContribution[]
  students: readonly BenchMember[]
  staff: readonly BenchMember[]
  count: number
  now: Date
}

/** Claims of one to four contributions each, in the term in which these landed; every work in at most one live claim. */
export async function seedClaims(client: pg.Client, input: Input): Promise<BenchClaim[]> {
  const claims = planClaims(input)
  await copyClaims(client, claims, input)
  await copyRows(
    client,
    'claim_item',
    [
      ...[
        'university_id',
        'claim_id',
        'id',
        'ordinal',
        'contribution_id',
        'work_id',
        'ai_use',
        'warnings',
        'judgement',
      ],
      ...['outcome'],
    ],
    claims.flatMap(({ id, owner, state, items }) =>
      items.map((item, index): Cell[] => {
        const { contribution } = item
        const isFrozen = state !== 'draft'
        const warnings = item.warned ? [warningOf(contribution)] : []
        return [
          ...[owner.university.id, id, item.id, index + 1, contribution.id, contribution.workId],
          ...[index % 4 === 3 ? 'assisted' : 'none', { json: warnings }],
          isFrozen ? { json: { eligible: true, tier: 'standard', reasons: [] } } : null,
          state === 'approved' ? 'accepted' : null,
        ]
      }),
    ),
  )
  await copyRows(
    client,
    'live_work',
    ['person_id', 'work_id', 'university_id', 'claim_id'],
    claims
      .filter(({ state }) => isLive(state))
      .flatMap(({ id, owner, items }) =>
        items.map(({ contribution }) => [owner.personId, contribution.workId, owner.university.id, id]),
      ),
  )
  await copyDecisions(client, claims, input)
  return claims
}

export function isLive(state: ClaimState): boolean {
  return LIVE_STATES.some((live) => live === state)
}

function warningOf({ id }: BenchContribution) {
  return { code: 'merged_without_review', contributionId: id, proof: { mergedBy: 'maintainer' } }
}

function planClaims({ contributions, students, count }: Input): BenchClaim[] {
  const dice = new Dice(13)
  const free = Map.groupBy(
    contributions.filter(({ isCounted }) => isCounted),
    ({ owner }) => owner.memberId,
  )
  const claims: BenchClaim[] = []
  let itemSerial = 0
  for (let serial = 0; claims.length < count && serial < count * 3; serial += 1) {
    const owner = students[serial % students.length]
    const own = owner && free.get(owner.memberId)
    const first = own?.at(-1)
    if (!owner || !own || !first) continue
    const termIndex = termOf(first)
    const isPast = owner.university.terms[termIndex]?.closed ?? true
    const state = isPast
      ? dice.pick(['approved', 'approved', 'approved', 'rejected'] as const)
      : stateOf(dice.roll() * 100)
    const wanted = dice.between(1, 4)
    const chosen = own.filter((one) => termOf(one) === termIndex).slice(-wanted)
    if (isLive(state)) {
      free.set(
        owner.memberId,
        own.filter((one) => !chosen.includes(one)),
      )
    } else own.unshift(...own.splice(-1))
    const items = chosen.map((contribution) => {
      itemSerial += 1
      const ids = { id: idOf(KIND.item, itemSerial), evidenceId: idOf(KIND.evidence, itemSerial) }
      return { ...ids, contribution, warned: dice.roll() < 0.25 }
    })
    const queuedAt = new Date(first.landedAt.getTime() + dice.roll() * DAY_MS)
    claims.push({ id: idOf(KIND.claim, claims.length), owner, state, termIndex, items, queuedAt })
  }
  return claims
}

function termOf({ owner, landedAt }: BenchContribution): number {
  const found = owner.university.terms.findLastIndex(({ startsAt }) => startsAt <= landedAt)
  return Math.max(0, found)
}

function stateOf(roll: number): ClaimState {
  let left = roll
  for (const [state, share] of SPREAD) {
    if (left < share) return state
    left -= share
  }
  return 'approved'
}

async function copyClaims(client: pg.Client, claims: readonly BenchClaim[], { staff }: Input): Promise<void> {
  await copyRows(
    client,
    'claim',
    [
      ...['university_id', 'id', 'member_id', 'person_id', 'department_id', 'term_id', 'policy_version_id'],
      ...['engine_version', 'state', 'statement', 'evidence_state', 'item_count', 'warning_count', 'credit_hundredths'],
      ...['queued_at', 'created_at', 'updated_at', 'submitted_at', 'endorsed_by_person_id'],
    ],
    claims.map(({ id, owner, state, termIndex, items, queuedAt }, index): Cell[] => {
      const isDraft = state === 'draft'
      const isEndorsed = state === 'endorsed' || state === 'approved'
      return [
        ...[owner.university.id, id, owner.memberId, owner.personId, isDraft ? null : departmentOf(owner).id],
        ...[owner.university.terms[termIndex]?.id ?? null, isDraft ? null : owner.university.policyVersionId],
        ...[isDraft ? null : ENGINE_VERSION, state, '我修好了分词器里的一个错误，并补了测试。', evidenceStateOf(state)],
        ...[items.length, items.filter(({ warned }) => warned).length, isDraft ? null : 20 * items.length],
        ...[queuedAt, queuedAt, queuedAt, isDraft ? null : queuedAt],
        isEndorsed ? (staffOf(staff, owner, 'reviewer', index)?.personId ?? null) : null,
      ]
    }),
  )
}

function evidenceStateOf(state: ClaimState): string {
  if (state === 'draft') return 'none'
  return state === 'submitted' ? 'collecting' : 'complete'
}

/** Somebody of the owner's university, the same one for the same claim. */
export function staffOf(
  staff: readonly BenchMember[],
  owner: BenchMember,
  role: 'reviewer' | 'admin',
  index: number,
): BenchMember | undefined {
  const own = staff.filter((one) => one.role === role && one.university === owner.university)
  return own[index % own.length]
}

const ENDORSEMENT: Partial<Record<ClaimState, string>> = {
  endorsed: 'endorse',
  approved: 'endorse',
  rejected: 'reject',
  changes_requested: 'request_changes',
}

async function copyDecisions(client: pg.Client, claims: readonly BenchClaim[], { staff }: Input): Promise<void> {
  const made = claims.flatMap((claim, index) => {
    const first = ENDORSEMENT[claim.state]
    const acts = first ? [{ claim, index, stage: 'endorsement', action: first, role: 'reviewer' as const }] : []
    return claim.state === 'approved'
      ? [...acts, { claim, index, stage: 'approval', action: 'approve', role: 'admin' as const }]
      : acts
  })
  await copyRows(
    client,
    'decision',
    [
      ...['university_id', 'id', 'claim_id', 'stage', 'action', 'member_id', 'person_id', 'reason_code', 'comment'],
      ...['items', 'claim_version', 'decided_at'],
    ],
    made.map(({ claim, index, stage, action, role }, serial): Cell[] => {
      const by = staffOf(staff, claim.owner, role, index)
      return [
        ...[claim.owner.university.id, idOf(KIND.decision, serial), claim.id, stage, action, by?.memberId ?? null],
        ...[by?.personId ?? null, action === 'reject' ? 'low_quality' : null],
        ...[action === 'request_changes' ? '请说明与课题的关系。' : '', { json: [] }, 1],
        new Date(claim.queuedAt.getTime() + (stage === 'approval' ? 2 : 1) * DAY_MS),
      ]
    }),
  )
}
