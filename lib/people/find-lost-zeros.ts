import type { ParsedRoster, ParsedRow, RosterProblem } from './parse-roster'
import { problemAt } from './parse-roster'

export type KnownNumbers = {
  /** Numbers of members, among those that were asked for by {@link numbersToLookUp}. */
  existing: ReadonlySet<string>
  /** Lengths of the university's numbers that begin with 0. */
  zeroLengths: readonly number[]
}

/** Everything to ask the database for: the file's numbers, and what they would be with zeros in front. */
export function numbersToLookUp(rows: readonly ParsedRow[], zeroLengths: readonly number[]): string[] {
  const lengths = lengthsOf(rows, zeroLengths)
  return [...new Set(rows.flatMap(({ studentNumber }) => [studentNumber, ...paddedOf(studentNumber, lengths)]))]
}

/**
 * Rows whose number lost its leading zeros: Excel keeps 0230417001 as 230417001 once it takes it for a number. A number
 * of a spreadsheet's is doubted where numbers with leading zeros are longer; any number, where a member has it with zeros.
 */
export function findLostZeros(parsed: ParsedRoster, known: KnownNumbers): RosterProblem[] {
  const lengths = lengthsOf(parsed.rows, known.zeroLengths)
  return parsed.rows.flatMap((row) => {
    const { studentNumber, line, isNumeric } = row
    if (known.existing.has(studentNumber)) return []
    const padded = paddedOf(studentNumber, lengths)
    const meant = padded.find((number) => known.existing.has(number)) ?? (isNumeric ? padded[0] : undefined)
    if (meant === undefined) return []
    const at = problemAt(line, 'studentNumber', parsed.columnOf)
    return [{ ...at, code: 'leading_zeros_lost' as const, value: studentNumber, other: meant }]
  })
}

function lengthsOf(rows: readonly ParsedRow[], zeroLengths: readonly number[]): number[] {
  const inFile = rows.filter(({ studentNumber }) => /^0\d+$/.test(studentNumber)).map((row) => row.studentNumber.length)
  return [...new Set([...zeroLengths, ...inFile])].toSorted((a, b) => a - b)
}

function paddedOf(number: string, lengths: readonly number[]): string[] {
  if (!/^[1-9]\d*$/.test(number)) return []
  return lengths.filter((length) => length > number.length).map((length) => number.padStart(length, '0'))
}
