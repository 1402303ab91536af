import { afterAll, beforeAll, expect, test } from 'vitest'
import { getClaim } from '@/lib/claims/get-claim'
import { listClaims } from '@/lib/claims/list-claims'
import { standingOf } from '@/lib/domain/claim-credit'
import { correctCredit } from '@/lib/ledger/correct-credit'
import { revokeCredit } from '@/lib/ledger/revoke-credit'
import { getClaimForReview } from '@/lib/reviews/get-claim-for-review'
import { daysAgo, NOW, openTestWorld, type TestWorld } from '@/tests/factories'
import { type ReportStage, setReportStage } from '@/tests/integration/reports/stage'
import { setAppEnv } from '@/tests/setup/app-env'

let world: TestWorld
let stage: ReportStage

beforeAll(async () => {
  setAppEnv()
  world = await openTestWorld()
  stage = await setReportStage(world)
}, 60_000)
afterAll(() => world?.close())

async function awarded(count: number) {
  const entryId = await stage.award(count, {}, daysAgo(1))
  const { claimId } = await world.db.creditEntry.findFirstOrThrow({ where: { id: entryId } })
  if (claimId === null) throw new Error('an award has its claim')
  return { entryId, claimId }
}

test('a corrected and a revoked claim say so wherever their student and their reviewers read them, with what is left and why', async () => {
  const [corrected, revoked, untouched] = [await awarded(2), await awarded(1), await awarded(1)]
  const { actor } = stage.admin
  const correction = { entryId: corrected.entryId, netHundredths: 50, newHundredths: 20, reason: '重复计算' }
  await correctCredit(actor, correction, { now: NOW })
  await revokeCredit(actor, { entryId: revoked.entryId, netHundredths: 25, reason: '他人代做' }, { now: NOW })

  const expected = [
    { claimId: corrected.claimId, standing: 'corrected', credit: 20, reasons: ['重复计算'], takes: [-30] },
    { claimId: revoked.claimId, standing: 'revoked', credit: 0, reasons: ['他人代做'], takes: [-25] },
    { claimId: untouched.claimId, standing: 'approved', credit: 25, reasons: [], takes: [] },
  ]
  const { items } = await listClaims(stage.student.actor, { filter: 'all', cursor: null })
  for (const { claimId, standing, credit, reasons, takes } of expected) {
    const listed = items.find((item) => item.claimId === claimId)
    const own = await getClaim(stage.student.actor, { claimId })
    const reviewed = await getClaimForReview(actor, claimId)
    for (const seen of [listed, own, reviewed]) {
      if (seen === undefined) throw new Error('the list has the claim')
      expect(seen.state).toBe('approved')
      expect(standingOf(seen.state, seen.credit)).toBe(standing)
      expect(seen.creditHundredths).toBe(credit)
      expect(seen.credit?.answers.map(({ reason }) => reason)).toEqual(reasons)
      expect(seen.credit?.answers.map(({ creditHundredths }) => creditHundredths)).toEqual(takes)
    }
    // What was calculated stays what it was.
    expect(own.calculation?.creditHundredths).toBe(own.credit?.awardHundredths)
  }
})
