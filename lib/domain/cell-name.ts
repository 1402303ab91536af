/** What a spreadsheet calls a cell: row and column from 0, `C17`. */
export function cellName(row: number, column: number): string {
  return `${columnLetters(column)}${row + 1}`
}

function columnLetters(column: number): string {
  const rest = Math.floor(column / 26) - 1
  const letter = String.fromCharCode(65 + (column % 26))
  return rest < 0 ? letter : columnLetters(rest) + letter
}
