/** Carries the code of a word for the next page (namespace `flash`); the proxy takes it away once a page had it. */
export const FLASH_COOKIE = 'flash'

/** Long enough for a redirect, too short to be seen twice. */
export const FLASH_MAX_AGE_SECONDS = 8
