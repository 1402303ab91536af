import { escapeHtml, PAGE_HEADERS, renderMessagePage, renderPage } from '../http/page'
import type { Router } from '../http/router'
import type { Handler, SandboxContext, SandboxResponse } from '../http/types'
import { findRepository } from './repository-routes'
import { giteeTime } from './time'

/** The few pages that links of the API lead to, so that an address in the demo opens something. */
export function addWebRoutes(router: Router, context: SandboxContext): Router {
  return router
    .get('/:owner/:repo/pulls/:number', pullPage(context))
    .get('/:owner/:repo', repositoryPage(context))
    .get('/:login', userPage(context))
}

function pullPage(context: SandboxContext): Handler {
  return (request) => {
    const repository = findRepository(context, request)
    const number = Number(request.params.number)
    const key = repository && ({ platform: 'gitee', repositoryId: repository.id, number } as const)
    const pull = key && context.world.findPullRequest(key)
    if (!repository || !pull) return nothingHere()
    const author = context.world.findAccount('gitee', pull.authorId)
    const facts = [
      `${repository.owner}/${repository.name} !${pull.number} · ${pull.state}`,
      `@${author?.login ?? 'ghost'} · ${pull.headBranch} → ${pull.baseBranch}`,
      `+${pull.additions} −${pull.deletions} · ${giteeTime(pull.mergedAt ?? pull.updatedAt)}`,
    ]
    return page(
      pull.title,
      `${facts.map((fact) => `<p>${escapeHtml(fact)}</p>`).join('')}<p>${escapeHtml(pull.body)}</p>`,
    )
  }
}

function repositoryPage(context: SandboxContext): Handler {
  return (request) => {
    const repo = request.params.repo?.replace(/\.git$/, '') ?? ''
    const repository = findRepository(context, { ...request, params: { ...request.params, repo } })
    if (!repository) return nothingHere()
    return page(`${repository.owner}/${repository.name}`, `<p>${escapeHtml(repository.description)}</p>`)
  }
}

function userPage(context: SandboxContext): Handler {
  return (request) => {
    const account = context.world.findAccountByLogin('gitee', request.params.login ?? '')
    if (account === null || account.deletedAs !== null) return nothingHere()
    return page(account.name ?? account.login, `<p>@${escapeHtml(account.login)}</p>`)
  }
}

function page(title: string, body: string): SandboxResponse {
  return {
    status: 200,
    headers: PAGE_HEADERS,
    body: renderPage('zh-CN', title, `<h1>${escapeHtml(title)}</h1>${body}`),
  }
}

function nothingHere(): SandboxResponse {
  return { status: 404, headers: PAGE_HEADERS, body: renderMessagePage('zh-CN', '404', '你访问的页面不存在') }
}
