import type { Router } from '../../http/router'
import type { SandboxResponse } from '../../http/types'
import type { Commit } from '../../world/types'
import type { GitHub } from '../github'
import { commit, filesOfCommit } from '../shapes/pull-parts'
import { ownerOf, simplePullRequest } from '../shapes/pull-request'
import { fullRepository } from '../shapes/repository'
import { latestRelease, rootFile, rootListing } from '../shapes/repository-parts'
import { type Call, notFound, problem, type RepositoryHandler, type RestHandler } from './call'
import { restDoor } from './door'
import { paged, readPage } from './paging'

/** Mounts a handler at `/repos/{owner}/{repo}…`, with 301 from former names, and at `/repositories/{id}…`. */
export function onRepository(router: Router, github: GitHub, path: string, handler: RepositoryHandler): void {
  const byName: RestHandler = (call) => {
    const { owner = '', repo: name = '' } = call.request.params
    const repo = github.world.findRepositoryByName('github', owner, name)
    if (!repo) return notFound()
    const isCurrent = `${repo.owner}/${repo.name}`.toLowerCase() === `${owner}/${name}`.toLowerCase()
    return isCurrent ? handler({ ...call, repo }) : moved(call, repo.id, `/repos/${owner}/${name}`)
  }
  const byId: RestHandler = (call) => {
    const repo = github.world.findRepository('github', Number(call.request.params.id))
    return repo ? handler({ ...call, repo }) : notFound()
  }
  router.get(`/repos/:owner/:repo${path}`, restDoor(github, 'core', byName))
  router.get(`/repositories/:id${path}`, restDoor(github, 'core', byId))
}

function moved({ github, request }: Call, repositoryId: number, prefix: string): SandboxResponse {
  const rest = request.path.slice(prefix.length)
  const url = `${github.urls.api}/repositories/${repositoryId}${rest}${request.url.search}`
  const documentation = 'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects'
  return {
    status: 301,
    headers: { location: url },
    body: { message: 'Moved Permanently', url, documentation_url: documentation },
  }
}

export function addRepositoryRoutes(router: Router, github: GitHub): void {
  onRepository(router, github, '', ({ repo }) => {
    return { status: 200, body: fullRepository(github.urls, repo, ownerOf(github, repo)) }
  })
  onRepository(router, github, '/releases/latest', ({ repo }) => {
    const body = latestRelease(github.urls, repo)
    return body === null ? notFound() : { status: 200, body }
  })
  onRepository(router, github, '/contents', ({ repo }) => ({ status: 200, body: rootListing(github.urls, repo) }))
  onRepository(router, github, '/contents/:path', ({ request, repo }) => {
    const body = rootFile(github.urls, repo, request.params.path ?? '')
    return body === null ? notFound() : { status: 200, body }
  })
  onRepository(router, github, '/commits', listCommits)
  onRepository(router, github, '/commits/:sha', getCommit)
  onRepository(router, github, '/commits/:sha/pulls', listPullsOfCommit)
  onRepository(router, github, '/compare/:basehead', compare)
}

const listCommits: RepositoryHandler = (call) => {
  const { github, request, repo } = call
  const branch = request.query.get('sha') ?? repo.defaultBranch
  const since = dateOf(request.query.get('since'))
  const until = dateOf(request.query.get('until'))
  const author = request.query.get('author')?.toLowerCase()
  const file = request.query.get('path')
  const rows = github.world.listCommits('github', repo.id, branch).filter((one) => {
    if ((since && one.at < since) || (until && one.at > until)) return false
    if (file && !filesOfCommit(github, one, repo).some(({ filename }) => filename === file)) return false
    return !author || authorLogin(github, one) === author
  })
  return paged(call, rows, `/repositories/${repo.id}/commits`, (one) => commit(github, one, repo))
}

function authorLogin({ world }: GitHub, { authorId }: Commit): string | null {
  return authorId === null ? null : (world.findAccount('github', authorId)?.login.toLowerCase() ?? null)
}

function dateOf(text: string | null): Date | null {
  const date = text ? new Date(text) : null
  return date && !Number.isNaN(date.getTime()) ? date : null
}

const getCommit: RepositoryHandler = (call) => {
  const { github, request, repo } = call
  const { sha = '' } = request.params
  const found = findBySha(github, repo.id, sha)
  if (!found) return problem(422, `No commit found for SHA: ${sha}`)
  const { page, perPage } = readPage(call)
  const files = filesOfCommit(github, found, repo).slice((page - 1) * perPage, page * perPage)
  return { status: 200, body: { ...commit(github, found, repo), files } }
}

/** Short ones too, where only one commit of the default branch begins so. */
function findBySha({ world }: GitHub, repositoryId: number, sha: string): Commit | null {
  const whole = world.findCommit('github', repositoryId, sha)
  if (whole || sha.length < 7) return whole
  const begun = world.listCommits('github', repositoryId).filter((one) => one.sha.startsWith(sha))
  return begun.length === 1 ? (begun[0] ?? null) : null
}

const listPullsOfCommit: RepositoryHandler = (call) => {
  const { github, request, repo } = call
  const { sha = '' } = request.params
  const found = github.world.findCommit('github', repo.id, sha)
  if (!found) return problem(422, `No commit found for SHA: ${sha}`)
  const number = found.cameWith
  const pull = number === undefined ? null : github.world.findPullRequest({ ...PLACE, repositoryId: repo.id, number })
  const rows = pull ? [pull] : []
  return paged(call, rows, `/repositories/${repo.id}/commits/${sha}/pulls`, (one) =>
    simplePullRequest(github, one, repo),
  )
}

const PLACE = { platform: 'github' } as const

/** Of a branch and a commit: how the one stands to the other, and no more. */
const compare: RepositoryHandler = ({ github, request, repo }) => {
  const [base = '', head = ''] = (request.params.basehead ?? '').split('...')
  const branch = github.world.listCommits('github', repo.id, base)
  const found = github.world.findCommit('github', repo.id, head)
  if (!found || (branch.length === 0 && base !== repo.defaultBranch)) return notFound()
  const behind = branch.findIndex(({ sha }) => sha === found.sha)
  const status = behind === 0 ? 'identical' : behind > 0 ? 'behind' : 'diverged'
  const body = { status, ahead_by: behind < 0 ? 1 : 0, behind_by: Math.max(0, behind), total_commits: 0, commits: [] }
  return { status: 200, body: { url: `${github.urls.apiRepository(repo)}/compare/${base}...${head}`, ...body } }
}
