/** A filing as far as its numbers go, wherever it was read. */
export type FiledNumbers = {
  filingId: string
  termId: string
  /** 1 is the first filing of a term, the next ones are supplements. */
  ordinal: number
  entryCount: number
  totalHundredths: number
  lastSequence: number
  entriesSha256: string
}

/** What is stated of a filing beside the ledger's head, and signed with it. */
export function filingStatement(filing: FiledNumbers) {
  const { filingId, termId, ordinal, entryCount: entries, totalHundredths, lastSequence, entriesSha256 } = filing
  return { filing: { filingId, termId, ordinal, entries, totalHundredths, lastSequence, entriesSha256 } }
}
