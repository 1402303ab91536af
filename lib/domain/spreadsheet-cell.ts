/** Signs that begin a formula; the full-width forms and the minus sign too (a spreadsheet on a Chinese keyboard takes them). */
const FORMULA_SIGNS = '=+-@\uff1d\uff0b\uff0d\uff20\u2212'
/** What a spreadsheet skips, or hides, in front of such a sign: white space, control characters, zero-width characters. */
const SKIPPED = /^[\s\p{Cc}\p{Cf}]+/u

/**
 * Disarms text written by strangers (PR titles, names) before it goes into a spreadsheet cell: what a spreadsheet could
 * run as a formula gets a leading apostrophe, so it is shown as text. Covers `= + - @`, their full-width forms (Excel with
 * a Chinese keyboard takes them too), a leading tab or line break, and such a sign after white space.
 * Numbers of ours are written as numbers and do not pass through here.
 */
export function disarmCell(text: string): string {
  const first = text.replace(SKIPPED, '').charAt(0)
  const startsWithControl = /^[\t\r\n]/.test(text)
  return startsWithControl || (first !== '' && FORMULA_SIGNS.includes(first)) ? `'${text}` : text
}
