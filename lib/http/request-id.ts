/** Set by the proxy on every request, in the answer too: what a reader quotes to support and the log is searched by. */
export const REQUEST_ID_HEADER = 'x-request-id'
