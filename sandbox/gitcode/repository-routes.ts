import type { SandboxContext, SandboxRequest, SandboxResponse } from '../http/types'
import type { Repository } from '../world/types'
import type { GitCodeCall, GitCodeHandler, GitCodeRoute } from './api'
import { gitcodeErrors } from './errors'
import { pageAnswer } from './paging'
import { shownCommit } from './part-shapes'
import { shownFile, shownRelease } from './repository-parts'
import { shownProject } from './repository-shape'

/** A repository by today's name; a private one is not there. */
export function findRepository(context: SandboxContext, { params }: SandboxRequest): Repository | null {
  const { owner = '', repo = '' } = params
  const found = context.world.findRepositoryByName('gitcode', owner, repo)
  return found === null || found.isPrivate ? null : found
}

/** Wraps what needs the repository of the address. */
export function inRepository(answer: (call: GitCodeCall, repository: Repository) => SandboxResponse): GitCodeHandler {
  return (call) => {
    const repository = findRepository(call.context, call.request)
    return repository === null ? gitcodeErrors.notFound('Project') : answer(call, repository)
  }
}

const getRepository = inRepository(({ context }, repository) => ({
  status: 200,
  body: shownProject(context, repository),
}))

/** Commits of a branch, newest first. The commit by which a pull request was merged is found here by its message alone. */
const listCommits = inRepository(({ request, context }, repository) => {
  const { query } = request
  const since = dateOf(query.get('since'))
  const until = dateOf(query.get('until'))
  if (since === 'invalid') return gitcodeErrors.invalid('since')
  if (until === 'invalid') return gitcodeErrors.invalid('until')
  const found = context.world
    .listCommits('gitcode', repository.id, query.get('sha') || repository.defaultBranch)
    .filter((commit) => since === null || commit.at >= since)
    .filter((commit) => until === null || commit.at <= until)
  return pageAnswer(request, found, (commit) => shownCommit(context, repository, commit))
})

const getCommit = inRepository(({ request, context }, repository) => {
  const commit = context.world.findCommit('gitcode', repository.id, request.params.sha ?? '')
  if (commit === null) return gitcodeErrors.notFound('Commit')
  return { status: 200, body: shownCommit(context, repository, commit) }
})

const listOrganisationRepositories: GitCodeHandler = ({ request, context }) => {
  const account = context.world.findAccountByLogin('gitcode', request.params.org ?? '')
  if (account?.kind !== 'Organization') return gitcodeErrors.notFound('Group')
  const found = context.world
    .listRepositories('gitcode')
    .filter((repository) => repository.ownerId === account.id && !repository.isPrivate)
  return pageAnswer(request, found, (repository) => shownProject(context, repository))
}

const getLatestRelease = inRepository((_call, repository) => {
  const body = shownRelease(repository)
  return body === null ? gitcodeErrors.notFound('Release') : { status: 200, body }
})

const getContents = inRepository(({ request, context }, repository) => {
  const body = shownFile(context, repository, request.params.path ?? '')
  return body === null ? gitcodeErrors.notFound('File') : { status: 200, body }
})

/** A time of the query; null when it is not there. */
export function dateOf(text: string | null): Date | 'invalid' | null {
  if (text === null || text === '') return null
  // A plus sign that was not encoded arrives as a blank.
  const at = new Date(text.replace(/ (\d\d:?\d\d)$/, '+$1'))
  return Number.isNaN(at.getTime()) ? 'invalid' : at
}

export const repositoryRoutes: readonly GitCodeRoute[] = [
  ['/repos/:owner/:repo', getRepository],
  ['/repos/:owner/:repo/releases/latest', getLatestRelease],
  ['/repos/:owner/:repo/contents/*path', getContents],
  ['/repos/:owner/:repo/commits', listCommits],
  ['/repos/:owner/:repo/commits/:sha', getCommit],
  ['/orgs/:org/repos', listOrganisationRepositories],
]
