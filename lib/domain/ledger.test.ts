import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ChainVerdict,
  entryHash,
  genesisHash,
  genesisHead,
  type LedgerEntryBody,
  type LedgerLine,
  studentDigest,
  verifyLine,
} from './ledger'

const UNIVERSITY = '6f3a1b52-0000-4000-8000-000000000001'
const STUDENT = {
  studentNumber: '0230417001',
  name: '林知远',
  college: '计算机学院',
  programme: '软件工程',
  className: null,
}

function body(sequence: number, over: Partial<LedgerEntryBody> = {}): LedgerEntryBody {
  return {
    schemaVersion: 1,
    universityId: UNIVERSITY,
    sequence,
    entryId: `entry-${sequence}`,
    kind: 'award',
    memberId: 'member',
    termId: 'term',
    claimId: `claim-${sequence}`,
    correctsEntryId: null,
    creditHundredths: 35,
    policyVersionId: 'policy',
    engineVersion: 1,
    calculationHash: 'c'.repeat(64),
    evidenceHashes: ['e'.repeat(64)],
    studentDigest: studentDigest(STUDENT, `salt-${sequence}`),
    endorsedByMemberId: 'professor',
    approvedByMemberId: 'admin',
    reason: null,
    issuedAt: '2026-07-01T00:00:00.000Z',
    ...over,
  }
}

function chain(length: number): LedgerLine[] {
  const lines: LedgerLine[] = []
  let previousHash = genesisHash(UNIVERSITY)
  for (let sequence = 1; sequence <= length; sequence += 1) {
    const line = body(sequence)
    const hash = entryHash(previousHash, line)
    lines.push({ body: line, previousHash, hash, student: { ...STUDENT, salt: `salt-${sequence}` } })
    previousHash = hash
  }
  return lines
}

function replaceAt(
  lines: readonly LedgerLine[],
  index: number,
  change: (line: LedgerLine) => LedgerLine,
): LedgerLine[] {
  return lines.map((line, position) => (position === index ? change(line) : line))
}

/** Line upon line to the first that does not hold, as verification goes page by page. */
function verifyChain(universityId: string, lines: readonly LedgerLine[]): ChainVerdict {
  let verdict: ChainVerdict = { ok: true, head: genesisHead(universityId) }
  for (const line of lines) {
    verdict = verifyLine(verdict.head, line)
    if (!verdict.ok) return verdict
  }
  return verdict
}

describe('the chain', () => {
  it('holds, empty and long, and tells its head', () => {
    expect(verifyChain(UNIVERSITY, [])).toEqual({
      ok: true,
      head: { universityId: UNIVERSITY, sequence: 0, hash: genesisHash(UNIVERSITY) },
    })
    const lines = chain(20)
    const verdict = verifyChain(UNIVERSITY, lines)
    expect(verdict).toEqual({ ok: true, head: { universityId: UNIVERSITY, sequence: 20, hash: lines[19]?.hash } })
  })

  it('hashes what is known to be known: a figure that must not change with the code', () => {
    expect(entryHash(genesisHash('u'), body(1, { studentDigest: 'd'.repeat(64) }))).toBe(
      '0d77938fbf8f9fdc7581bff729f3b2e39f0b4aca460b2150487251808b3ade14',
    )
  })

  it('holds when a student’s particulars were erased', () => {
    expect(
      verifyChain(
        UNIVERSITY,
        replaceAt(chain(3), 1, (line) => ({ ...line, student: null })),
      ).ok,
    ).toBe(true)
  })

  it.each([
    ['a figure', (line: LedgerLine) => ({ ...line, body: { ...line.body, creditHundredths: 36 } }), 'hash_differs', 3],
    [
      'a name',
      (line: LedgerLine) => ({ ...line, student: { ...STUDENT, name: '别人', salt: 'salt-3' } }),
      'student_differs',
      3,
    ],
    ['the salt', (line: LedgerLine) => ({ ...line, student: { ...STUDENT, salt: 'other' } }), 'student_differs', 3],
    [
      'the university',
      (line: LedgerLine) => ({ ...line, body: { ...line.body, universityId: 'other' } }),
      'wrong_university',
      3,
    ],
    ['the link', (line: LedgerLine) => ({ ...line, previousHash: '0'.repeat(64) }), 'previous_hash_differs', 3],
    [
      'figure and hash together',
      (line: LedgerLine) => {
        const changed = { ...line.body, creditHundredths: 36 }
        return { ...line, body: changed, hash: entryHash(line.previousHash, changed) }
      },
      'previous_hash_differs',
      4,
    ],
  ] as const)('names the first line where somebody changed %s', (...[, change, fault, sequence]) => {
    expect(verifyChain(UNIVERSITY, replaceAt(chain(6), 2, change))).toMatchObject({ ok: false, fault, sequence })
  })

  it('finds a line that was taken out, put in twice, or swapped', () => {
    const without = chain(5).filter((_, index) => index !== 2)
    expect(verifyChain(UNIVERSITY, without)).toMatchObject({ ok: false, fault: 'sequence_gap', sequence: 4 })
    const [first, second, ...rest] = chain(5)
    if (!first || !second) throw new Error('the chain has lines')
    expect(verifyChain(UNIVERSITY, [first, first, second, ...rest])).toMatchObject({
      fault: 'sequence_gap',
      sequence: 1,
    })
    expect(verifyChain(UNIVERSITY, [second, first, ...rest])).toMatchObject({ fault: 'sequence_gap', sequence: 2 })
  })

  it('sees a change of any field of any line', () => {
    const fields = Object.keys(body(1)) as (keyof LedgerEntryBody)[]
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.nat(3), (field, index) => {
        const tampered = replaceAt(chain(4), index, (line) => ({
          ...line,
          body: { ...line.body, [field]: 'tampered' },
        }))
        expect(verifyChain(UNIVERSITY, tampered).ok).toBe(false)
      }),
    )
  })
})
