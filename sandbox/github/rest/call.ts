import type { SandboxRequest, SandboxResponse } from '../../http/types'
import type { Repository } from '../../world/types'
import type { GitHub } from '../github'
import type { Viewer } from '../viewer'

/** One REST call with the eyes that it has. */
export type Call = { github: GitHub; request: SandboxRequest; viewer: Viewer }
export type RestHandler = (call: Call) => SandboxResponse | Promise<SandboxResponse>
export type RepositoryHandler = (call: Call & { repo: Repository }) => SandboxResponse

const DOCS = 'https://docs.github.com/rest'

export function problem(status: number, message: string, more: Record<string, unknown> = {}): SandboxResponse {
  return { status, body: { message, ...more, documentation_url: DOCS, status: String(status) } }
}

export function notFound(): SandboxResponse {
  return problem(404, 'Not Found')
}
