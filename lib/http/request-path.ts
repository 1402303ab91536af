/** Set by the proxy on every request: path and query of the page that was asked for, to come back to after sign-in. */
export const REQUEST_PATH_HEADER = 'x-request-path'
