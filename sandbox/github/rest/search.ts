import type { Router } from '../../http/router'
import type { GitHub } from '../github'
import { SEARCH_LIMIT, searchPullRequests } from '../search-query'
import { searchItem } from '../shapes/issue'
import { problem, type RestHandler } from './call'
import { restDoor } from './door'
import { linkHeader, readPage } from './paging'

export function addSearchRoutes(router: Router, github: GitHub): void {
  router.get('/search/issues', restDoor(github, 'search', searchIssues))
}

const searchIssues: RestHandler = (call) => {
  const { github, request, viewer } = call
  const query = request.query.get('q') ?? ''
  if (query.trim() === '') return invalid('missing', 'q is missing')
  if (query.length > 256) return invalid('invalid', 'The search is longer than 256 characters.')
  const sort = request.query.get('sort')
  const order = request.query.get('order') ?? 'desc'
  const result = searchPullRequests(github.world, sort ? `${query} sort:${sort}-${order}` : query, viewer)
  if (result.problem) return unsearchable(result.problem)
  const page = readPage(call)
  const from = (page.page - 1) * page.perPage
  if (from >= SEARCH_LIMIT) return problem(422, 'Only the first 1000 search results are available')
  const rows = result.pulls.slice(from, Math.min(from + page.perPage, SEARCH_LIMIT))
  const items = rows.flatMap((pull) => {
    const repo = github.world.findRepository('github', pull.repositoryId)
    return repo ? [searchItem(github, pull, repo)] : []
  })
  const total = Math.min(result.pulls.length, SEARCH_LIMIT)
  return {
    status: 200,
    body: { total_count: result.pulls.length, incomplete_results: false, items },
    headers: linkHeader(call, { page, total, path: '/search/issues' }),
  }
}

function unsearchable(kind: string) {
  if (kind === 'too_long') return invalid('invalid', 'The search is longer than 256 characters.')
  const what = kind === 'unknown_author' ? 'users' : 'repositories'
  const message = `The listed ${what} cannot be searched either because the ${what} do not exist or you do not have permission to view the ${what}.`
  return invalid('invalid', message)
}

function invalid(code: string, message: string) {
  return problem(422, 'Validation Failed', { errors: [{ message, resource: 'Search', field: 'q', code }] })
}
