import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { PAGE_HEADERS, renderMessagePage } from '../http/page'
import { IDENTITY_WORDS, pickLocale } from './words'

/**
 * Signs out at once, where the library would answer with a page and a script that posts it: on sign-out (client and
 * address are checked by then, and a campus sign-in that its own app asks to end a session just does), and when
 * somebody who is signed in chooses to be another person.
 */
export function endSessionsAtOnce(provider: Provider, basePath: string): void {
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    await next()
    // Unknown paths never get as far as an `oidc` context.
    if (!('oidc' in ctx) || ctx.status !== 200) return
    const { route } = ctx.oidc
    if (route !== 'end_session' && route !== 'resume') return
    await endSession(ctx)
    ctx.cookies.set(provider.cookieName('session'), null, { path: basePath, overwrite: true, signed: true })
    if (route === 'end_session') return answerLogout(ctx)
    ctx.status = 303
    ctx.redirect(basePath + ctx.path)
  })
}

async function endSession(ctx: KoaContextWithOIDC): Promise<void> {
  const { session, provider } = ctx.oidc
  if (session === undefined) return
  for (const { grantId } of Object.values(session.authorizations ?? {})) {
    if (grantId === undefined) continue
    await provider.AccessToken.revokeByGrantId(grantId)
    await provider.AuthorizationCode.revokeByGrantId(grantId)
    await (await provider.Grant.find(grantId))?.destroy()
  }
  await session.destroy()
}

function answerLogout(ctx: KoaContextWithOIDC): void {
  const { params } = ctx.oidc
  const target = params?.post_logout_redirect_uri
  if (typeof target === 'string') {
    const url = new URL(target)
    if (typeof params?.state === 'string') url.searchParams.set('state', params.state)
    ctx.status = 303
    ctx.redirect(url.href)
    return
  }
  const uiLocales = params?.ui_locales
  const locale = pickLocale(typeof uiLocales === 'string' ? uiLocales : undefined, ctx.get('accept-language'))
  const words = IDENTITY_WORDS[locale]
  ctx.set({ ...PAGE_HEADERS })
  ctx.body = renderMessagePage(locale, words.signedOutTitle, words.signedOut)
}
