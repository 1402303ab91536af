import { randomUUID } from 'node:crypto'
import {
  daysAgo,
  makeClaim,
  makeContribution,
  makeLinkedAccount,
  makeMember,
  makeRepository,
  makeUniversity,
  NOW,
  type TestClaim,
  type TestMember,
  type TestUniversity,
  type TestWorld,
} from '@/tests/factories'

/** A university with at least one row in every table that has rows of universities or of persons. */
export async function fillEveryTable(world: TestWorld): Promise<{ universityId: string; personId: string }> {
  const university = await makeUniversity(world)
  const student = await makeMember(world, university)
  const reviewer = await makeMember(world, university, { roles: ['reviewer', 'admin'] })
  await fillPerson(world, university, student)
  const account = await makeLinkedAccount(world, student.personId)
  await fillSync(world, { university, student, accountId: account.accountId })
  const repository = await makeRepository(world)
  const contribution = await makeContribution(world, { repository, author: account })
  const claim = await makeClaim(world, { university, student, contributions: [contribution] })
  await fillLedger(world, { university, student, reviewer, claim })
  await fillUniversity(world, university, reviewer)
  return { universityId: university.universityId, personId: student.personId }
}

async function fillPerson({ db }: TestWorld, { universityId }: TestUniversity, student: TestMember): Promise<void> {
  const { personId, memberId } = student
  const sessionId = randomUUID()
  const times = { createdAt: NOW, expiresAt: daysAgo(-1) }
  await db.session.create({
    data: { id: sessionId, tokenHash: randomUUID(), personId, universityId, memberId, ...times },
  })
  await db.linkAttempt.create({
    data: { stateHash: randomUUID(), personId, universityId, sessionId, platform: 'github', ...times },
  })
  await db.consent.create({ data: { personId, kind: 'linking', version: 1, grantedAt: NOW } })
  await db.notification.create({ data: { universityId, memberId, code: 'claim_approved', data: {} } })
}

type Sync = { university: TestUniversity; student: TestMember; accountId: string }

async function fillSync({ db }: TestWorld, { university, student, accountId }: Sync): Promise<void> {
  const { universityId } = university
  const { personId } = student
  await db.syncSource.create({ data: { accountId, source: 'pull-requests', personId } })
  const run = await db.syncRun.create({ data: { accountId, personId, universityId, trigger: 'link' } })
  await db.cohortPass.create({ data: { universityId, platform: 'github', startedAt: NOW, batchSize: 100 } })
  await db.syncPause.create({ data: { universityId, platform: 'gitee', reason: 'r', pausedAt: NOW } })
  await db.syncAllowance.create({ data: { universityId, platform: 'gitee', pool: 'api', remaining: 1, toldAt: NOW } })
  await db.syncSkip.create({ data: { runId: run.id, ordinal: 1, personId, reference: 'o/n#1', reason: 'unreadable' } })
}

async function fillUniversity({ db }: TestWorld, { universityId }: TestUniversity, admin: TestMember): Promise<void> {
  await db.ledgerCheck.create({ data: { universityId, checkedAt: NOW, ok: true, lines: 1 } })
  await db.universityConnection.create({ data: { universityId, kind: 'oidc', settings: {}, secretSealed: 'sealed' } })
  await db.rosterImport.create({
    data: {
      universityId,
      memberId: admin.memberId,
      fileName: 'f',
      fileSha256: 'h',
      rows: [],
      problems: [],
      summary: {},
    },
  })
  await db.universityCatalogEntry.create({
    data: {
      ...{ universityId, platform: 'github', owner: 'o', name: 'n', ownerKey: 'o', nameKey: 'n' },
      ...{ status: 'included', reason: 'r', kind: 'model', landing: [], acceptedBranches: [] },
    },
  })
  const nominated = {
    universityId,
    memberId: admin.memberId,
    platform: 'github',
    owner: 'o',
    name: 'm',
    ownerKey: 'o',
    nameKey: 'm',
    why: 'w',
  }
  const open = await db.catalogNomination.create({ data: nominated })
  await db.catalogImport.create({
    data: {
      ...{ universityId, memberId: admin.memberId, fileName: 'f', fileSha256: 'h' },
      rows: [],
      problems: [],
      summary: {},
    },
  })
  await db.catalogNomination.create({ data: { ...nominated, state: 'duplicate', duplicateOfId: open.id } })
  await db.auditEvent.create({
    data: {
      ...{ universityId, occurredAt: NOW, actorKind: 'system', actorName: 'SYSTEM_TEST' },
      ...{ action: 'session.ended', subjectKind: 'session', subjectId: 's', data: {} },
    },
  })
}

type Ledger = { university: TestUniversity; student: TestMember; reviewer: TestMember; claim: TestClaim }

async function fillLedger({ db }: TestWorld, { university, student, reviewer, claim }: Ledger): Promise<void> {
  const { universityId, termId } = university
  const { claimId } = claim
  const { memberId, personId } = reviewer
  await db.decision.create({
    data: {
      ...{ universityId, claimId, stage: 'endorsement', action: 'endorse' },
      ...{ memberId, personId, claimVersion: 1, decidedAt: NOW },
    },
  })
  await db.creditEntry.create({
    data: {
      ...{ universityId, sequence: 1n, id: randomUUID(), kind: 'award', claimId, memberId: student.memberId, termId },
      ...{ creditHundredths: 25, policyVersionId: university.policyVersionId, engineVersion: 1, calculationHash: 'h' },
      ...{ evidenceHashes: [], studentDigest: 'd', approvedByMemberId: memberId, issuedAt: NOW },
      ...{ previousHash: '0', hash: randomUUID() },
    },
  })
  await db.creditEntryStudent.create({
    data: { universityId, sequence: 1n, studentNumber: student.number, name: student.name, college: 'c', salt: 's' },
  })
  await db.ledgerHead.create({ data: { universityId, sequence: 1n, hash: 'h' } })
  const filing = await db.filing.create({
    data: {
      ...{ universityId, termId, ordinal: 1, entryCount: 1, totalHundredths: 25, lastSequence: 1n },
      ...{
        entriesSha256: 'h',
        signedHead: 's',
        columns: [],
        universityNameZh: 'n',
        universityNameEn: 'n',
        createdByMemberId: memberId,
        createdAt: NOW,
      },
    },
  })
  await db.filingEntry.create({ data: { universityId, sequence: 1n, filingId: filing.id } })
  await db.reportExport.create({
    data: {
      ...{ universityId, format: 'csv', filter: {}, rowCount: 1, contentSha256: 'h', signedHead: 's' },
      ...{ memberId, createdAt: NOW },
    },
  })
}
