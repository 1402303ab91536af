import type { Account } from '../../world/types'
import { escapeHtml, page } from '../web/page'

export type AuthorizePage = {
  clientId: string
  scopes: readonly string[]
  search: string
  accounts: readonly Account[]
  /** Parameters of the request, carried through both forms. */
  carried: ReadonlyArray<readonly [string, string]>
  action: string
}

/** Who to be, and whether to let the application in. */
export function authorizePage({ clientId, scopes, search, accounts, carried, action }: AuthorizePage): string {
  const hidden = carried
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  const asked = scopes.length > 0 ? scopes.map(escapeHtml).join(', ') : 'public information only'
  return page(
    'Authorize application',
    `<h1>Authorize application</h1>
<p>Application <code>${escapeHtml(clientId)}</code> asks for: <strong>${asked}</strong>.</p>
<form method="get" action="${action}" role="search">${hidden}
<label>Find an account <input name="q" value="${escapeHtml(search)}" autocomplete="off"></label> <button>Search</button></form>
<form method="post" action="${action}">${hidden}
<ul class="accounts">${accounts.map(accountLine).join('')}</ul>
${accounts.length === 0 ? '<p>No account has that in its name.</p>' : ''}
<p><button name="decision" value="deny">Cancel</button></p></form>`,
  )
}

function accountLine({ login, name, id }: Account): string {
  const label = `Authorize as @${escapeHtml(login)}`
  return `<li><button name="login" value="${escapeHtml(login)}">${label}</button> <span>${escapeHtml(name ?? '')} · ${id}</span></li>`
}
