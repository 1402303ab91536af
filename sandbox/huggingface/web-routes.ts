import { escapeHtml, PAGE_HEADERS, renderMessagePage, renderPage } from '../http/page'
import type { Router } from '../http/router'
import type { Handler, SandboxContext, SandboxResponse } from '../http/types'
import { statusOf } from './discussion-shape'
import { findRepository } from './repository-routes'
import type { KindPath } from './repository-shape'

/** The few pages that links of the API lead to, so that an address in the demo opens something. */
export function addWebRoutes(router: Router, context: SandboxContext): Router {
  return router
    .get('/datasets/:ns/:repo/discussions/:num', discussionPage(context, 'datasets'))
    .get('/spaces/:ns/:repo/discussions/:num', discussionPage(context, 'spaces'))
    .get('/:ns/:repo/discussions/:num', discussionPage(context, 'models'))
    .get('/datasets/:ns/:repo', repositoryPage(context, 'datasets'))
    .get('/spaces/:ns/:repo', repositoryPage(context, 'spaces'))
    .get('/:ns/:repo', repositoryPage(context, 'models'))
    .get('/:login', userPage(context))
}

function discussionPage(context: SandboxContext, kind: KindPath): Handler {
  return ({ params }) => {
    const repository = findRepository(context, kind, params)
    const number = Number(params.num)
    const pull =
      repository && context.world.findPullRequest({ platform: 'huggingface', repositoryId: repository.id, number })
    if (!repository || !pull) return nothingHere()
    const author = context.world.findAccount('huggingface', pull.authorId)
    const facts = [
      `${repository.owner}/${repository.name} #${pull.number} · ${statusOf(pull)}`,
      `${author && author.deletedAs === null ? `@${author.login}` : 'deleted'} · ${pull.baseBranch}`,
      `+${pull.additions} −${pull.deletions} · ${(pull.mergedAt ?? pull.updatedAt).toISOString()}`,
    ]
    return page(pull.title, [...facts, pull.body])
  }
}

function repositoryPage(context: SandboxContext, kind: KindPath): Handler {
  return ({ params }) => {
    const repository = findRepository(context, kind, params)
    if (!repository) return nothingHere()
    const { owner, name, license, stars, hub, description } = repository
    const facts = `${license ?? 'no licence'} · ${stars} likes · ${hub?.downloads ?? 0} downloads`
    return page(`${owner}/${name}`, [facts, description])
  }
}

function userPage(context: SandboxContext): Handler {
  return ({ params }) => {
    const account = context.world.findAccountByLogin('huggingface', params.login ?? '')
    if (account === null || account.deletedAs !== null) return nothingHere()
    return page(account.name ?? account.login, [`@${account.login}`])
  }
}

function page(title: string, lines: readonly string[]): SandboxResponse {
  const body = `<h1>${escapeHtml(title)}</h1>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`
  return { status: 200, headers: PAGE_HEADERS, body: renderPage('en', title, body) }
}

function nothingHere(): SandboxResponse {
  return { status: 404, headers: PAGE_HEADERS, body: renderMessagePage('en', '404', 'This page is not here') }
}
