import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import type { Repository } from '../world/types'
import type { HubCall, HubHandler, HubRoute } from './api'
import { hubErrors } from './errors'
import { KINDS, type KindPath, placeOf, shownCommit, shownHubRepository } from './repository-shape'

const DEFAULT_LIMIT = { repositories: 1000, commits: 50 } as const

/** The repository that a path of a kind names, public ones only. */
export function findRepository(
  { world }: SandboxContext,
  kind: KindPath,
  { ns = '', repo = '' }: Readonly<Record<string, string>>,
): Repository | null {
  const owner = kind === 'models' ? ns : `${kind}/${ns}`
  const found = world.findRepositoryByName('huggingface', owner, repo)
  return found && !found.isPrivate ? found : null
}

/** What is answered about a repository; a former name leads to today's. */
export function inRepository(
  kind: KindPath,
  answer: (call: HubCall, repository: Repository) => SandboxResponse,
): HubHandler {
  return (call) => {
    const { params } = call.request
    const found = findRepository(call.context, kind, params)
    if (found === null) return hubErrors.noRepository(call.caller.kind !== 'anonymous')
    const { id } = placeOf(found)
    const asked = `${params.ns}/${params.repo}`
    if (id.toLowerCase() === asked.toLowerCase()) return answer(call, found)
    const location = call.request.url.pathname.replace(`/${asked}`, `/${id}`) + call.request.url.search
    return { status: 307, headers: { location }, body: '' }
  }
}

const getRepository = (kind: KindPath) =>
  inRepository(kind, ({ context }, repository) => ({ status: 200, body: shownHubRepository(context, repository) }))

/** All of an author, newest change first; pages by a `Link` header. */
const listRepositories =
  (kind: KindPath): HubHandler =>
  ({ request, context }) => {
    const author = request.query.get('author')?.toLowerCase() ?? null
    const found = context.world
      .listRepositories('huggingface')
      .filter((one) => placeOf(one).kind === kind && !one.isPrivate)
      .filter((one) => author === null || placeOf(one).id.toLowerCase().startsWith(`${author}/`))
    return linkedPage(request, found, {
      limit: DEFAULT_LIMIT.repositories,
      show: (one) => shownHubRepository(context, one),
    })
  }

/** From a revision down: a branch's name, or a commit. */
const listCommits = (kind: KindPath) =>
  inRepository(kind, ({ request, context }, repository) => {
    const commits = context.world.listCommits('huggingface', repository.id)
    const revision = request.params.rev ?? ''
    const start = revision === 'main' ? 0 : commits.findIndex(({ sha }) => sha === revision)
    if (start < 0) return hubErrors.noRevision()
    return linkedPage(request, commits.slice(start), {
      limit: DEFAULT_LIMIT.commits,
      show: (commit) => shownCommit(context, commit),
    })
  })

function linkedPage<Item>(
  request: SandboxRequest,
  items: readonly Item[],
  { limit: most, show }: { limit: number; show: (item: Item) => unknown },
): SandboxResponse {
  const page = Math.max(0, Number(request.query.get('p') ?? '0') || 0)
  const limit = Math.min(most, Math.max(1, Number(request.query.get('limit') ?? most) || most))
  const next = new URL(request.url)
  next.searchParams.set('p', String(page + 1))
  const hasMore = (page + 1) * limit < items.length
  return {
    status: 200,
    ...(hasMore ? { headers: { link: `<${next.href}>; rel="next"` } } : {}),
    body: items.slice(page * limit, (page + 1) * limit).map(show),
  }
}

const kinds = Object.keys(KINDS).filter((kind): kind is KindPath => kind in KINDS)

export const repositoryRoutes: readonly HubRoute[] = kinds.flatMap((kind): HubRoute[] => [
  [`/${kind}`, listRepositories(kind)],
  [`/${kind}/:ns/:repo`, getRepository(kind)],
  [`/${kind}/:ns/:repo/commits/:rev`, listCommits(kind)],
])
