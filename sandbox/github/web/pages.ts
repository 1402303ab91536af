import type { Handler } from '../../http/types'
import type { GitHub } from '../github'
import { restAccount } from '../people'
import { escapeHtml, page } from './page'

/** So that links to evidence lead somewhere: a pull request as people would see it. */
export function showPullRequest(github: GitHub): Handler {
  return ({ params }) => {
    const repo = github.world.findRepositoryByName('github', params.owner ?? '', params.repo ?? '')
    const number = Number(params.number)
    const pull = repo && github.world.findPullRequest({ platform: 'github', repositoryId: repo.id, number })
    if (!repo || !pull) return { status: 404, body: page('Not found', '<h1>404</h1>') }
    const author = restAccount(github.world, pull.authorId)?.login ?? 'ghost'
    const state = pull.mergedAt ? 'Merged' : pull.state === 'open' ? 'Open' : 'Closed'
    const files = github.world.getDetails(pull).files.map((file) => {
      const head = `${escapeHtml(file.path)} <small>+${file.additions} −${file.deletions}</small>`
      return `<h2>${head}</h2><pre>${escapeHtml(github.world.getPatch(pull, file))}</pre>`
    })
    const labels = pull.labels.map((label) => `<code>${escapeHtml(label)}</code>`).join(' ')
    return {
      status: 200,
      body: page(
        pull.title,
        `<h1>${escapeHtml(pull.title)} #${pull.number}</h1>
<p><strong>${state}</strong> · ${escapeHtml(`${repo.owner}/${repo.name}`)} · @${escapeHtml(author)} · ${escapeHtml(pull.baseBranch)} ${labels}</p>
<p>${escapeHtml(github.urls.text(pull.body))}</p>${files.join('')}`,
      ),
    }
  }
}

export function showProfile(github: GitHub): Handler {
  return ({ params }) => {
    const account = github.world.findAccountByLogin('github', params.login ?? '')
    if (!account || account.deletedAs) return { status: 404, body: page('Not found', '<h1>404</h1>') }
    const name = escapeHtml(account.name ?? account.login)
    return {
      status: 200,
      body: page(account.login, `<h1>${name}</h1><p>@${escapeHtml(account.login)} · ${account.id}</p>`),
    }
  }
}

/** A square in the account's own colour. */
export const showAvatar: Handler = ({ params }) => {
  const hue = Number(params.id) % 360 || 0
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="hsl(${hue} 45% 55%)" d="M0 0h8v8H0z"/></svg>`
  return { status: 200, headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }, body }
}
