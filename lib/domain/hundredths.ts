const CREDIT_TEXT = /^([+-]?)(\d{1,9})(?:\.(\d{1,2}))?$/

/**
 * Reads a credit figure written by a person ("1.5", "0.25", "-2") into integer hundredths; null when it is not one.
 * More than two decimals are refused, never rounded: 1.005 has no hundredths.
 */
export function parseHundredths(text: string): number | null {
  const match = CREDIT_TEXT.exec(text.trim())
  if (!match) return null
  const [, sign, whole = '0', fraction = ''] = match
  const magnitude = Number(whole) * 100 + Number(fraction.padEnd(2, '0'))
  return sign === '-' && magnitude !== 0 ? -magnitude : magnitude
}

/**
 * Writes integer hundredths with exactly two decimals: 150 → "1.50", -5 → "-0.05".
 * @throws RangeError for anything but a safe integer: a fraction here is a bug upstream, not something to round away.
 */
export function formatHundredths(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths)) throw new RangeError('hundredths are a safe integer')
  const magnitude = Math.abs(hundredths)
  const text = `${Math.trunc(magnitude / 100)}.${String(magnitude % 100).padStart(2, '0')}`
  return hundredths < 0 ? `-${text}` : text
}
