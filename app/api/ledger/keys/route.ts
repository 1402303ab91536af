import { ledgerPublicKeys } from '@/lib/config/ledger-signing'
import { createPublicRoute } from '@/lib/http/route'

/** Keys that signed ledger heads are checked with, as a JSON Web Key Set; for anybody who holds a report. */
export const GET = createPublicRoute({
  name: 'ledger.keys',
  run: async () =>
    Response.json(ledgerPublicKeys(), {
      headers: { 'Content-Type': 'application/jwk-set+json', 'Cache-Control': 'public, max-age=300' },
    }),
})
