import { z } from 'zod'
import { isPlatform, type Platform } from '@/lib/domain/platform'
import { oneOf } from './one-of'
import type { Tx } from './scope'

export const MAINTAINER_REQUEST_STATES = ['open', 'granted', 'refused'] as const
export type MaintainerRequestState = (typeof MAINTAINER_REQUEST_STATES)[number]

export type MaintainerRequestRow = {
  id: string
  platform: Platform
  owner: string
  name: string | null
  login: string
  message: string
  state: MaintainerRequestState
  createdAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  decisionReason: string
}

type NewRequest = Pick<MaintainerRequestRow, 'id' | 'platform' | 'owner' | 'name' | 'login' | 'message' | 'createdAt'>

/** Keeps what somebody asks for; anybody may. */
export async function insertMaintainerRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { owner, name } = request
  await tx.maintainerRequest.createMany({
    data: { ...request, ownerKey: owner.toLowerCase(), nameKey: name?.toLowerCase() ?? '' },
  })
}

/** Requests of one state, the longest waiting first, after a position. The scope is a university's or the operator's. */
export async function listMaintainerRequestRows(
  tx: Tx,
  query: { state: MaintainerRequestState; after: { createdAt: Date; id: string } | null; limit: number },
): Promise<MaintainerRequestRow[]> {
  const { state, after, limit } = query
  const rows = await tx.maintainerRequest.findMany({
    where: {
      state,
      ...(after && {
        OR: [{ createdAt: { gt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }],
      }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map(toRow)
}

/** One request, or null. The scope is a university's or the operator's. */
export async function findMaintainerRequest(tx: Tx, id: string): Promise<MaintainerRequestRow | null> {
  const row = await tx.maintainerRequest.findUnique({ where: { id } })
  return row && toRow(row)
}

type Decision = { state: 'granted' | 'refused'; by: string; reason: string; now: Date }

/** Decides an open request; false when it was decided already. The scope is the operator's. */
export async function decideMaintainerRequest(
  tx: Tx,
  id: string,
  { state, by, reason, now }: Decision,
): Promise<boolean> {
  const { count } = await tx.maintainerRequest.updateMany({
    where: { id, state: 'open' },
    data: { state, decidedAt: now, decidedBy: by, decisionReason: reason },
  })
  return count === 1
}

const stateSchema = z.object({
  platform: z.string(),
  owner: z.string(),
  name: z.string().nullable(),
  state: z.enum(MAINTAINER_REQUEST_STATES),
  createdAt: z.date(),
  decidedAt: z.date().nullable(),
  decisionReason: z.string(),
})
export type MaintainerRequestStanding = z.output<typeof stateSchema>

/** How a request stands, for whoever knows its id; not what was written in it. */
export async function findMaintainerRequestStanding(tx: Tx, id: string): Promise<MaintainerRequestStanding | null> {
  const rows = await tx.$queryRaw<unknown[]>`
    select platform, owner, name, state, created_at as "createdAt", decided_at as "decidedAt",
           decision_reason as "decisionReason"
      from maintainer_request_state(${id}::uuid)`
  return rows[0] === undefined ? null : stateSchema.parse(rows[0])
}

type Stored = Omit<MaintainerRequestRow, 'platform' | 'state'> & { platform: string; state: string }

function toRow(row: Stored): MaintainerRequestRow {
  if (!isPlatform(row.platform)) throw new Error(`maintainer request ${row.id}: unknown platform`)
  const { id, owner, name, login, message, createdAt, decidedAt, decidedBy, decisionReason } = row
  return {
    ...{ id, owner, name, login, message, createdAt, decidedAt, decidedBy, decisionReason },
    platform: row.platform,
    state: oneOf(MAINTAINER_REQUEST_STATES, row.state),
  }
}
