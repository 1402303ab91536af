import { escapeHtml, renderPage } from '../http/page'
import type { SandboxContext } from '../http/types'
import { demoPeople } from '../world/demo-people'
import type { Account, Platform } from '../world/types'

const SHOWN_ACCOUNTS = 50

export type AccountChoice = {
  context: SandboxContext
  platform: Platform
  /** What the platform is called. */
  name: string
  /** Path of the page itself: both forms go there. */
  action: string
  locale: 'zh-CN' | 'en'
  /** Parameters of the request, carried on by hidden fields. */
  carried: Readonly<Record<string, string>>
  query: string
}

const WORDS = {
  'zh-CN': {
    title: '{name} 授权（演示）',
    ask: '应用请求访问你的 {name} 账号。选择用哪个账号授权：',
    scope: '权限范围：',
    search: '搜索用户名或姓名',
    searchButton: '搜索',
    nobody: '没有找到匹配的账号。',
    deny: '拒绝授权',
  },
  en: {
    title: '{name} authorization (demo)',
    ask: 'An app asks for access to your {name} account. Choose the account to authorize with:',
    scope: 'Scope: ',
    search: 'Search by login or name',
    searchButton: 'Search',
    nobody: 'No account found.',
    deny: 'Deny',
  },
} as const

/** Where one picks the account and says yes by it: buttons `account=ID`, or `deny`. */
export function renderAccountChoice(choice: AccountChoice): string {
  const { locale, carried, query, action, name } = choice
  const words = WORDS[locale]
  const title = words.title.replace('{name}', name)
  const accounts = shownAccounts(choice)
  const hidden = Object.entries(carried)
    .map(([field, value]) => `<input type="hidden" name="${escapeHtml(field)}" value="${escapeHtml(value)}">`)
    .join('')
  const list = accounts.map(renderAccount).join('')
  const body = `
<h1>${title}</h1>
<p>${words.ask.replace('{name}', name)}</p>
<p>${words.scope}<code>${escapeHtml(carried.scope ?? '')}</code></p>
<form class="search" method="get" action="${action}" role="search">${hidden}
<label class="hidden" for="q">${words.search}</label>
<input id="q" name="q" type="search" maxlength="100" placeholder="${words.search}" value="${escapeHtml(query)}">
<button>${words.searchButton}</button>
</form>
<form method="post" action="${action}">${hidden}
${accounts.length === 0 ? `<p>${words.nobody}</p>` : `<ul>${list}</ul>`}
<button class="cancel" name="deny" value="1">${words.deny}</button>
</form>`
  return renderPage(locale, title, body)
}

function renderAccount(account: Account): string {
  return `<li><button class="person" name="account" value="${account.id}" data-login="${escapeHtml(account.login)}"><strong>${escapeHtml(account.name ?? account.login)}</strong><span>@${escapeHtml(account.login)}</span></button></li>`
}

/** The people of the demo first; then everybody else, or who matches. */
function shownAccounts({ context, platform, query }: AccountChoice): Account[] {
  const found = context.world.listAccounts(platform, { search: query, limit: SHOWN_ACCOUNTS * 2 })
  const demo =
    query === ''
      ? demoPeople.flatMap(({ [platform]: own }) => (own ? [context.world.findAccount(platform, own.id)] : []))
      : []
  const byId = new Map([...demo, ...found].flatMap((account) => (account ? [[account.id, account] as const] : [])))
  return [...byId.values()].filter(canSignIn).slice(0, SHOWN_ACCOUNTS)
}

/** Organisations and deleted accounts have nobody who could sign in. */
export function canSignIn(account: Account): boolean {
  return account.deletedAs === null && (account.kind === 'User' || account.kind === 'Bot')
}
