/** The most that a form may send, files included. Next.js is told the same number, and would only cut off what is above it. */
export const MAX_FORM_BYTES = 10 * 1024 * 1024
