import { offerTestServer } from '@/tests/setup/database-server'
import { BROKER_VARIABLE } from '@/tests/setup/test-database'

/** Once per run, in vitest's main process: its workers inherit the address. */
export default async function setup(): Promise<() => Promise<void>> {
  const offer = await offerTestServer()
  process.env[BROKER_VARIABLE] = offer.address
  return offer.close
}
