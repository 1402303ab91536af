import { createHash, randomUUID } from 'node:crypto'
import { env } from '@/lib/config/env'
import { limitAttempts } from '@/lib/db/attempt-counters'
import { insertMaintainerRequest } from '@/lib/db/maintainer-requests'
import { withScope } from '@/lib/db/scope'
import type { PlatformBaseUrls } from '@/lib/domain/contribution-address'
import { AppError } from '@/lib/domain/errors'
import { parseRepositoryAddress } from '@/lib/domain/repository-address'
import { platformBaseUrls } from '@/lib/platforms/registry'
import type { OptOutInput } from './schema'

const WINDOW_SECONDS = 60 * 60
/** A person writes a few of them, a script many. */
const PER_ADDRESS = 5
const PER_REPOSITORY = 3
const IN_ALL = 60

type Deps = { now: Date; clientAddress: string; baseUrls?: PlatformBaseUrls }

/**
 * Keeps a maintainer's wish to be left out, for the operator to decide. Anybody may ask: nothing changes by it, and nothing
 * is told of what is kept. The pasted address is read into names and never fetched.
 * @returns the id by which who asked follows the answer
 * @throws AppError invalid `opt_out_address_…`; rate_limited `too_many_opt_outs`
 */
export async function askToOptOut(input: OptOutInput, deps: Deps): Promise<{ requestId: string }> {
  const parsed = parseRepositoryAddress(input.address, deps.baseUrls ?? platformBaseUrls())
  if (!parsed.ok) throw new AppError('invalid', `opt_out_address_${parsed.code}`)
  const { platform, owner, name } = parsed.address
  await limitRequests(`${platform}:${owner}/${name}`.toLowerCase(), deps)
  const id = randomUUID()
  const { login, message, wholeOwner } = input
  const request = { id, platform, owner, name: wholeOwner ? null : name, login, message, createdAt: deps.now }
  await withScope({}, (tx) => insertMaintainerRequest(tx, request))
  return { requestId: id }
}

/** As sign-ins are counted: by the sender's address, which is not kept, by what is asked for, and in all. */
async function limitRequests(repository: string, { now, clientAddress }: Deps): Promise<void> {
  const window = { windowSeconds: WINDOW_SECONDS, code: 'too_many_opt_outs' }
  const address = createHash('sha256').update(`${clientAddress}${env().AUTH_SECRET}`).digest('base64url').slice(0, 22)
  await limitAttempts({ ...window, key: `opt-out:address:${address}`, limit: PER_ADDRESS }, now)
  const subject = createHash('sha256').update(repository).digest('base64url').slice(0, 22)
  await limitAttempts({ ...window, key: `opt-out:repository:${subject}`, limit: PER_REPOSITORY }, now)
  await limitAttempts({ ...window, key: 'opt-out:all', limit: IN_ALL }, now)
}
