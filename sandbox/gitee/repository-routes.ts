import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import type { Repository } from '../world/types'
import type { GiteeCall, GiteeHandler, GiteeRoute } from './api'
import { giteeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownCommit } from './part-shapes'
import { shownFile, shownRelease } from './repository-parts'
import { shownProject } from './repository-shape'

/** A repository by today's name; a private or renamed one is not there, Gitee gives no redirect. */
export function findRepository(context: SandboxContext, { params }: SandboxRequest): Repository | null {
  const { owner = '', repo = '' } = params
  const found = context.world.findRepositoryByName('gitee', owner, repo)
  if (found === null || found.isPrivate) return null
  return `${found.owner}/${found.name}`.toLowerCase() === `${owner}/${repo}`.toLowerCase() ? found : null
}

/** Wraps what needs the repository of the address. */
export function inRepository(answer: (call: GiteeCall, repository: Repository) => SandboxResponse): GiteeHandler {
  return (call) => {
    const repository = findRepository(call.context, call.request)
    return repository === null ? giteeErrors.projectNotFound() : answer(call, repository)
  }
}

const getRepository = inRepository(({ context }, repository) => ({
  status: 200,
  body: shownProject(context, repository),
}))

/**
 * Commits of a branch, newest first. The landed commit of a merged pull request is found here by its message
 * (`!N title` and `Merge pull request !N from user/branch`), nowhere else.
 */
const listCommits = inRepository(({ request, context }, repository) => {
  const { query } = request
  const since = dateOf(query.get('since'))
  const until = dateOf(query.get('until'))
  if (since === 'invalid') return giteeErrors.invalid('since')
  if (until === 'invalid') return giteeErrors.invalid('until')
  const author = query.get('author')?.toLowerCase() ?? null
  const found = context.world
    .listCommits('gitee', repository.id, query.get('sha') || repository.defaultBranch)
    .filter((commit) => since === null || commit.at >= since)
    .filter((commit) => until === null || commit.at <= until)
    .filter((commit) => author === null || isAuthor(context, commit, author))
  return pageAnswer(request, found, (commit) => shownCommit(context, repository, commit))
})

const getCommit = inRepository(({ request, context }, repository) => {
  const commit = context.world.findCommit('gitee', repository.id, request.params.sha ?? '')
  return commit === null ? giteeErrors.notFound() : { status: 200, body: shownCommit(context, repository, commit) }
})

type Authored = { authorId: number | null; authorName: string; authorEmail: string }

function isAuthor(context: SandboxContext, commit: Authored, wanted: string): boolean {
  const login = commit.authorId === null ? null : context.world.findAccount('gitee', commit.authorId)?.login
  return [login, commit.authorName, commit.authorEmail].some((text) => text?.toLowerCase() === wanted)
}

const getLatestRelease = inRepository((_call, repository) => {
  const body = shownRelease(repository)
  return body === null ? giteeErrors.notFound() : { status: 200, body }
})

/** What is not there is an empty list here, not a refusal. */
const getContents = inRepository(({ request, context }, repository) => ({
  status: 200,
  body: shownFile(context, repository, request.params.path ?? '') ?? [],
}))

/** A time of the query; null when it is not there. */
export function dateOf(text: string | null): Date | 'invalid' | null {
  if (text === null || text === '') return null
  // A plus sign that was not encoded arrives as a blank.
  const at = new Date(text.replace(/ (\d\d:?\d\d)$/, '+$1'))
  return Number.isNaN(at.getTime()) ? 'invalid' : at
}

export const repositoryRoutes: readonly GiteeRoute[] = [
  ['/repos/:owner/:repo', getRepository],
  ['/repos/:owner/:repo/releases/latest', getLatestRelease],
  ['/repos/:owner/:repo/contents/*path', getContents],
  ['/repos/:owner/:repo/commits', listCommits],
  ['/repos/:owner/:repo/commits/:sha', getCommit],
]
