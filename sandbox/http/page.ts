import { createHash } from 'node:crypto'

const STYLE = `
:root{color-scheme:light dark;--paper:#faf7f0;--card:#fffdf8;--ink:#1f1b16;--soft:#6a6258;--line:#ddd5c7;--seal:#a8321f}
@media (prefers-color-scheme:dark){:root{--paper:#1c1b1a;--card:#262422;--ink:#efeae1;--soft:#b3aa9d;--line:#403c37;--seal:#e5735f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1rem 3rem}h1{font-size:1.4rem;margin:0}h2{font-size:1rem;margin:1.75rem 0 .5rem;color:var(--soft)}
p{margin:.25rem 0 1rem;color:var(--soft)}form.search{display:flex;gap:.5rem;flex-wrap:wrap;margin-bottom:1rem}input{flex:1 1 14rem;min-width:0;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}
button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.5rem .9rem;cursor:pointer}button:hover{border-color:var(--seal)}
:focus-visible{outline:2px solid var(--seal);outline-offset:2px}ul{list-style:none;margin:0;padding:0;display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
.person{width:100%;text-align:left}.person strong{display:block}.person span{display:block;color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums}.cancel{margin-top:2rem}
label.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** Headers of every page of the sandbox: no script at all, no framing; no form-action, since a sign-in ends at the app's origin. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** A whole page around a body that is HTML already; the title is text. */
export function renderPage(locale: string, title: string, body: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`
}

/** A page with one message, for what expired, what is wrong, and what is done. */
export function renderMessagePage(locale: string, title: string, message: string): string {
  return renderPage(locale, title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`)
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
