export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A plain page that says where one is. */
export function page(title: string, main: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · GitHub in the sandbox</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
header{color:#59636e;border-bottom:1px solid #d1d9e0;padding-bottom:.5rem}
button{font:inherit;padding:.3rem .8rem}ul.accounts{list-style:none;padding:0}ul.accounts li{margin:.4rem 0}
pre{overflow:auto;background:#f6f8fa;padding:.8rem}</style></head>
<body><header>GitHub, in miniature: a sandbox with invented people</header><main>${main}</main></body></html>`
}
