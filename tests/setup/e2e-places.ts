import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface E2ePlaces {
  readonly port: number
  readonly sandboxPort: number
  readonly dataDir: string
}

const stack = z.object({ appUrl: z.string(), sandboxUrl: z.string(), env: z.record(z.string(), z.string()) })

/** Where the stack of this run is: chosen once, and found again by every worker through its environment. */
export async function e2ePlaces(): Promise<E2ePlaces> {
  const { E2E_PORT, E2E_SANDBOX_PORT, E2E_DATA_DIR } = process.env
  if (E2E_PORT && E2E_SANDBOX_PORT && E2E_DATA_DIR) {
    return { port: Number(E2E_PORT), sandboxPort: Number(E2E_SANDBOX_PORT), dataDir: E2E_DATA_DIR }
  }
  const { makeFolder } = await import('@/tests/setup/stack')
  const { findFreePort } = await import('@/scripts/postgres/server')
  const places = { port: await findFreePort(), sandboxPort: await findFreePort(), dataDir: makeFolder() }
  process.env.E2E_PORT = String(places.port)
  process.env.E2E_SANDBOX_PORT = String(places.sandboxPort)
  process.env.E2E_DATA_DIR = places.dataDir
  return places
}

/** Addresses and environment of the stack under test: `env.DATABASE_URL` and the rest, as its parts have them. */
export function readStack(): z.infer<typeof stack> {
  const dataDir = process.env.E2E_DATA_DIR
  if (!dataDir) throw new Error('No stack runs: start the browser tests through playwright or npm test.')
  return stack.parse(JSON.parse(readFileSync(join(dataDir, 'stack.json'), 'utf8')))
}
