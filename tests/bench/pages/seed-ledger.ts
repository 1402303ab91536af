import type pg from 'pg'
import { ENTRIES_SHA256 } from '@/lib/db/filed-entries'
import { recordCalculation } from '@/lib/domain/calculation-record'
import { canonicalHash } from '@/lib/domain/canonical-json'
import { calculateCredit, ENGINE_VERSION, NO_PRIOR_CREDITS, type PriorCredits } from '@/lib/domain/credit-calculation'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { entryHash, genesisHead, type LedgerEntryBody, studentDigest } from '@/lib/domain/ledger'
import { readReportColumns } from '@/lib/domain/report-columns'
import { type Cell, copyRows } from './copy-rows'
import { staffOf } from './seed-claims'
import type { EvidenceHashes } from './seed-evidence'
import { departmentOf } from './seed-people'
import { type BenchClaim, type BenchMember, type BenchUniversity, DAY_MS, idOf } from './world'

const KIND = { entry: 17, filing: 18 }

type Input = {
  universities: readonly BenchUniversity[]
  claims: readonly BenchClaim[]
  staff: readonly BenchMember[]
  evidence: EvidenceHashes
}
type Line = { claim: BenchClaim; body: LedgerEntryBody; record: unknown; previousHash: string; hash: string }

/** A chain a university over its approved claims, and a filing for each closed term. @returns ids of awards by university */
export async function seedLedger(client: pg.Client, input: Input): Promise<Map<string, string[]>> {
  const awards = new Map<string, string[]>()
  for (const university of input.universities) {
    const lines = chainOf(university, input)
    await copyLines(client, university, lines)
    await copyFilings(client, university, lines, input)
    awards.set(
      university.id,
      lines.map(({ body }) => body.entryId),
    )
    const head = lines.at(-1)
    await copyRows(
      client,
      'ledger_head',
      ['university_id', 'sequence', 'hash'],
      [[university.id, lines.length, head?.hash ?? genesisHead(university.id).hash]],
    )
  }
  return awards
}

function chainOf(university: BenchUniversity, { claims, staff, evidence }: Input): Line[] {
  const lines: Line[] = []
  const priors = new Map<string, PriorCredits>()
  const approved = claims
    .filter(({ owner, state }) => owner.university === university && state === 'approved')
    .toSorted((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime())
  let previousHash = genesisHead(university.id).hash
  for (const [index, claim] of approved.entries()) {
    const termKey = `${claim.owner.memberId}/${claim.termIndex}`
    const prior = { ...(priors.get(termKey) ?? NO_PRIOR_CREDITS), lifetimeHundredths: 0 }
    const items = claim.items.map(({ contribution: one }) => ({
      contributionId: one.id,
      workId: one.workId,
      kind: 'pull_request' as const,
      repositoryId: one.repositoryId,
      tier: 'standard' as const,
      landedAt: one.landedAt,
      changedLines: one.additions + one.deletions,
    }))
    const calculation = calculateCredit(DEFAULT_POLICY, items, prior)
    const record = recordCalculation({ policyVersionId: university.policyVersionId, items, prior, calculation })
    priors.set(termKey, { ...prior, termHundredths: prior.termHundredths + calculation.creditHundredths })
    const body: LedgerEntryBody = {
      schemaVersion: 1,
      universityId: university.id,
      sequence: index + 1,
      entryId: idOf(
        KIND.entry,
        university.departments.length * 1_000_000 * Number(university.slug === 'second') + index,
      ),
      kind: 'award',
      memberId: claim.owner.memberId,
      termId: university.terms[claim.termIndex]?.id ?? '',
      claimId: claim.id,
      correctsEntryId: null,
      creditHundredths: calculation.creditHundredths,
      policyVersionId: university.policyVersionId,
      engineVersion: ENGINE_VERSION,
      calculationHash: canonicalHash(record),
      evidenceHashes: claim.items
        .flatMap(({ contribution }) => evidence.get(`${claim.id}/${contribution.id}`) ?? [])
        .sort(),
      studentDigest: studentDigest(studentOf(claim.owner), 'salt'),
      endorsedByMemberId: staffOf(staff, claim.owner, 'reviewer', index)?.memberId ?? null,
      approvedByMemberId: staffOf(staff, claim.owner, 'admin', index)?.memberId ?? '',
      reason: null,
      issuedAt: new Date(claim.queuedAt.getTime() + 2 * DAY_MS).toISOString(),
    }
    const hash = entryHash(previousHash, body)
    lines.push({ claim, body, record, previousHash, hash })
    previousHash = hash
  }
  return lines
}

function studentOf(owner: BenchMember) {
  const { number, name } = owner
  return { studentNumber: number, name, college: departmentOf(owner).name, programme: '软件工程', className: '2301' }
}

async function copyLines(client: pg.Client, university: BenchUniversity, lines: readonly Line[]): Promise<void> {
  await copyRows(
    client,
    'credit_entry',
    [
      ...['university_id', 'sequence', 'id', 'kind', 'claim_id', 'member_id', 'term_id', 'credit_hundredths'],
      ...[
        'policy_version_id',
        'engine_version',
        'calculation',
        'calculation_hash',
        'evidence_hashes',
        'student_digest',
      ],
      ...['endorsed_by_member_id', 'approved_by_member_id', 'issued_at', 'previous_hash', 'hash'],
    ],
    lines.map(({ body, record, previousHash, hash }): Cell[] => [
      ...[university.id, body.sequence, body.entryId, body.kind, body.claimId, body.memberId, body.termId],
      ...[body.creditHundredths, body.policyVersionId, body.engineVersion, { json: record }, body.calculationHash],
      ...[body.evidenceHashes, body.studentDigest, body.endorsedByMemberId, body.approvedByMemberId, body.issuedAt],
      ...[previousHash, hash],
    ]),
  )
  await copyRows(
    client,
    'credit_entry_student',
    [
      ...['university_id', 'sequence', 'department_id', 'student_number', 'name', 'college', 'programme', 'class_name'],
      ...['salt'],
    ],
    lines.map(({ claim: { owner }, body }): Cell[] => {
      const { studentNumber, name, college, programme, className } = studentOf(owner)
      return [
        ...[university.id, body.sequence, departmentOf(owner).id, studentNumber, name, college, programme, className],
        'salt',
      ]
    }),
  )
}

async function copyFilings(
  client: pg.Client,
  university: BenchUniversity,
  lines: readonly Line[],
  { staff }: Input,
): Promise<void> {
  const admin = staff.find((one) => one.role === 'admin' && one.university === university)
  const closed = university.terms
    .map((term, index) => ({
      term,
      id: idOf(KIND.filing, index + (university.slug === 'second' ? 100 : 0)),
      filed: lines.filter(({ body }) => body.termId === term.id),
    }))
    .filter(({ term, filed }) => term.closed && filed.length > 0)
  const filings: ((typeof closed)[number] & { digest: string })[] = []
  for (const one of closed) filings.push({ ...one, digest: await digestOf(client, university, one.filed) })
  await copyRows(
    client,
    'filing',
    [
      ...['university_id', 'id', 'term_id', 'ordinal', 'entry_count', 'total_hundredths', 'last_sequence'],
      ...['entries_sha256', 'signed_head', 'columns', 'created_by_member_id', 'created_at'],
      ...['university_name_zh', 'university_name_en'],
    ],
    filings.map(({ term, id, filed, digest }): Cell[] => [
      ...[university.id, id, term.id, 1, filed.length, filed.reduce((sum, { body }) => sum + body.creditHundredths, 0)],
      ...[filed.at(-1)?.body.sequence ?? 0, digest, 'header.payload.signature'],
      ...[{ json: readReportColumns(null) }, admin?.memberId ?? null, term.endsAt, '高校', 'University'],
    ]),
  )
  await copyRows(
    client,
    'filing_entry',
    ['university_id', 'sequence', 'filing_id'],
    filings.flatMap(({ id, filed }) => filed.map(({ body }) => [university.id, body.sequence, id])),
  )
}

async function digestOf(client: pg.Client, { id }: BenchUniversity, filed: readonly Line[]): Promise<string> {
  const { rows } = await client.query<{ digest: string }>(
    `select ${ENTRIES_SHA256} as digest from credit_entry e where e.university_id = $1 and e.sequence = any($2::bigint[])`,
    [id, filed.map(({ body }) => body.sequence)],
  )
  return rows[0]?.digest ?? ''
}
