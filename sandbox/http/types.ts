import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Platform, World } from '../world/types'
import type { Fault } from './faults'

export type SandboxRequest = {
  method: string
  /** Path below the part's prefix, e.g. `/user`. */
  path: string
  /** Address as it arrived, with the sandbox's own origin. */
  url: URL
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Raw body, at most 1 MiB. */
  body: string
  /** `:name` parts of the route, decoded. */
  params: Readonly<Record<string, string>>
  /** A fault of the platform's own form (rate_limit, secondary, resource_limits, shift_page) that this answer must show. */
  fault: Fault | null
}

export type SandboxResponse = {
  status: number
  headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a string as it is; nothing for 204 and 304. */
  body?: unknown
  /** For the request log: whose token it was, and what the call cost by the platform's accounting. */
  account?: string | null
  costPoints?: number
}

export type Handler = (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>

/** One OAuth application that a platform knows. */
export type OAuthClient = {
  clientId: string
  clientSecret: string
  /** A redirect_uri must have this host (any port on loopback) and be at or below its path. */
  callbackUrls: readonly string[]
}

export type SandboxContext = {
  world: World
  /** Origin of the sandbox itself, e.g. `http://127.0.0.1:4000`. */
  origin: string
  now(): Date
  /** Key of the tokens the sandbox issues, so that they survive its restart. */
  tokenSecret: string
  clients: Readonly<Record<Platform, readonly OAuthClient[]>>
  /** GitCode's limits, which a test that asks a lot may widen. */
  gitcodeLimits: { perMinute: number; perHour: number }
}

/** What stands at a part's door while a call is under way: let in until `leave`, or refused. */
export type Entrance = { refusal: SandboxResponse | null; leave(): void }

/** A part answers below its prefix: by routes, or, where a library wants Node's own objects, by a listener. */
export type SandboxPart =
  | { prefix: string; handle: Handler; enter?: (request: SandboxRequest) => Entrance }
  | { prefix: string; listen: (request: IncomingMessage, response: ServerResponse) => void }
