import { escapeHtml, PAGE_HEADERS, renderMessagePage, renderPage } from '../http/page'
import type { Router } from '../http/router'
import type { Handler, SandboxContext, SandboxResponse } from '../http/types'
import { findRepository } from './repository-routes'
import { gitcodeTime } from './time'

/** The few pages that links of the API lead to, so that an address in the demo opens something. */
export function addWebRoutes(router: Router, context: SandboxContext): Router {
  return router
    .get('/:owner/:repo/pull/:number', pullPage(context))
    .get('/:owner/:repo/merge_requests/:number', pullPage(context))
    .get('/:owner/:repo', repositoryPage(context))
    .get('/:login', userPage(context))
}

function pullPage(context: SandboxContext): Handler {
  return (request) => {
    const repository = findRepository(context, request)
    const number = Number(request.params.number)
    const pull =
      repository && context.world.findPullRequest({ platform: 'gitcode', repositoryId: repository.id, number })
    if (!repository || !pull) return nothingHere()
    const author = context.world.findAccount('gitcode', pull.authorId)
    const facts = [
      `${repository.owner}/${repository.name} !${pull.number} · ${pull.state}`,
      `@${author?.login ?? 'ghost'} · ${pull.headBranch} → ${pull.baseBranch}`,
      `+${pull.additions} −${pull.deletions} · ${gitcodeTime(pull.mergedAt ?? pull.updatedAt)}`,
    ]
    return page(pull.title, [...facts, pull.body])
  }
}

function repositoryPage(context: SandboxContext): Handler {
  return (request) => {
    const repo = request.params.repo?.replace(/\.git$/, '') ?? ''
    const repository = findRepository(context, { ...request, params: { ...request.params, repo } })
    return repository ? page(`${repository.owner}/${repository.name}`, [repository.description]) : nothingHere()
  }
}

function userPage(context: SandboxContext): Handler {
  return (request) => {
    const account = context.world.findAccountByLogin('gitcode', request.params.login ?? '')
    if (account === null || account.deletedAs !== null) return nothingHere()
    return page(account.name ?? account.login, [`@${account.login}`])
  }
}

function page(title: string, lines: readonly string[]): SandboxResponse {
  const body = `<h1>${escapeHtml(title)}</h1>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`
  return { status: 200, headers: PAGE_HEADERS, body: renderPage('zh-CN', title, body) }
}

function nothingHere(): SandboxResponse {
  return { status: 404, headers: PAGE_HEADERS, body: renderMessagePage('zh-CN', '404', '你访问的页面不存在') }
}
