import type { Handler, SandboxRequest, SandboxResponse } from './types'

type Route = { method: string; pattern: readonly string[]; handler: Handler }

/** Routes of one part: `/repos/:owner/:repo`; the last segment may be `*rest`. */
export class Router {
  readonly #routes: Route[] = []
  readonly #notFound: Handler

  constructor(notFound: Handler = () => ({ status: 404, body: { message: 'Not Found' } })) {
    this.#notFound = notFound
  }

  on(method: string, path: string, handler: Handler): this {
    this.#routes.push({ method, pattern: path.split('/').slice(1), handler })
    return this
  }

  get(path: string, handler: Handler): this {
    return this.on('GET', path, handler)
  }

  post(path: string, handler: Handler): this {
    return this.on('POST', path, handler)
  }

  delete(path: string, handler: Handler): this {
    return this.on('DELETE', path, handler)
  }

  readonly handle = async (request: SandboxRequest): Promise<SandboxResponse> => {
    const segments = request.path.split('/').slice(1)
    const method = request.method === 'HEAD' ? 'GET' : request.method
    for (const route of this.#routes) {
      if (route.method !== method) continue
      const params = matchPath(route.pattern, segments)
      if (params) return route.handler({ ...request, params })
    }
    return this.#notFound(request)
  }
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith('*')) {
      params[part.slice(1)] = segments.slice(index).map(decodeSegment).join('/')
      return params
    }
    const segment = segments[index]
    if (segment === undefined) return null
    if (part.startsWith(':')) {
      if (segment === '') return null
      params[part.slice(1)] = decodeSegment(segment)
    } else if (part !== segment) return null
  }
  return pattern.length === segments.length ? params : null
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
