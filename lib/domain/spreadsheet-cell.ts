const FORMULA_START = /^[\s\u0000-\u001f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/
const CONTROL_START = /^[\t\r\n]/

/**
 * Disarms text written by strangers (PR titles, names) before it goes into a spreadsheet cell: what a spreadsheet could
 * run as a formula gets a leading apostrophe, so it is shown as text. Covers `= + - @`, their full-width forms (Excel with
 * a Chinese keyboard takes them too), a leading tab or line break, and such a sign after white space.
 * Numbers of ours are written as numbers and do not pass through here.
 */
export function disarmCell(text: string): string {
  return FORMULA_START.test(text) || CONTROL_START.test(text) ? `'${text}` : text
}
