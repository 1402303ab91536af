/** The text of what linking means (namespace `accounts`, group `consent`). A new text is a new version, agreed to anew. */
export const LINKING_CONSENT_VERSION = 1
