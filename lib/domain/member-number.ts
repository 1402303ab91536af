export const MAX_MEMBER_NUMBER_LENGTH = 32

/** Starts with a letter or digit, so that no spreadsheet takes it for a formula. */
const SHAPE = /^[A-Z\d][A-Z\d._-]*$/
/** What a spreadsheet or a script made of a number; nobody can tell what stood there. */
const DECIMAL = /^\d+\.\d*$/

/**
 * Text as it is kept and compared, wherever it comes from: full-width letters and signs as half-width ones, one space
 * where there were several, none at the ends. Two spellings of a college would be two colleges.
 */
export function tidyText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\S\t\r\n]+/g, ' ')
    .trim()
}

/**
 * A 学号 or staff number as it is kept and compared: letters, digits, dot, underscore, hyphen; half-width, capital letters,
 * leading zeros kept. The roster, the sign-in and the operator's commands all read it here.
 * @returns null where the text is no such number
 */
export function readMemberNumber(text: string): string | null {
  const number = tidyText(text).toUpperCase()
  return number.length <= MAX_MEMBER_NUMBER_LENGTH && SHAPE.test(number) && !DECIMAL.test(number) ? number : null
}
