import { z } from 'zod'
import { demoPeople } from '../world/demo-people'
import { PLATFORMS } from '../world/types'
import { type Faults, faultSchema } from './faults'
import { parseJson } from './json'
import type { RequestLog } from './request-log'
import { Router } from './router'
import type { Handler, SandboxContext, SandboxPart } from './types'
import { addWorldRoutes } from './world-control'

export type Control = { context: SandboxContext; log: RequestLog; faults: Faults }

/** `/_sandbox/…`: what tests, benchmarks and the demo ask of the sandbox itself. */
export function createControlPart({ context, log, faults }: Control): SandboxPart {
  const router = new Router()
    .get('/health', () => ({ status: 200, body: { ok: true, platforms: PLATFORMS, seed: context.world.seed } }))
    .get('/people', () => ({ status: 200, body: { people: demoPeople } }))
    .get('/requests', listRequests(log))
    .delete('/requests', () => {
      log.clear()
      return { status: 204 }
    })
    .get('/faults', () => ({ status: 200, body: { faults: faults.list() } }))
    .post('/faults', addFault(faults))
    .delete('/faults', () => {
      faults.clear()
      return { status: 204 }
    })
  addWorldRoutes(router, context.world)
  return { prefix: '/_sandbox', handle: router.handle }
}

function listRequests(log: RequestLog): Handler {
  return (request) => {
    const since = Number(request.query.get('since') ?? 0)
    const path = request.query.get('path')
    const entries = log.since(since).filter((entry) => !path || entry.path.includes(path))
    const costPoints = entries.reduce((sum, entry) => sum + entry.costPoints, 0)
    return { status: 200, body: { requests: entries, costPoints, lastSequence: log.lastSequence } }
  }
}

function addFault(faults: Faults): Handler {
  return (request) => {
    const parsed = z.preprocess(parseJson, faultSchema).safeParse(request.body)
    if (!parsed.success) return { status: 422, body: { message: z.prettifyError(parsed.error) } }
    faults.add(parsed.data)
    return { status: 201, body: parsed.data }
  }
}
