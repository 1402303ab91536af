import { expect } from '@playwright/test'
import { z } from 'zod'
import { confirmLink } from '@/lib/accounts/confirm-link'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import { hashSessionToken } from '@/lib/auth/session-cookie'
import { knock } from '@/tests/e2e/support/door'
import { askDatabase } from '@/tests/e2e/support/stack-database'
import type { SignedIn } from '@/tests/setup/sign-in'

/** Goes to the sandbox's GitHub and back, up to "Link @login?". @returns the attempt that waits for a yes */
export async function beginLink(who: SignedIn, login: string): Promise<string> {
  const form = new URLSearchParams({ consentVersion: String(LINKING_CONSENT_VERSION) })
  const start = await knock(who, '/api/link/github/start', { method: 'POST', body: form })
  const [, address = ''] = /url=(.*)$/.exec(start.headers.get('refresh') ?? '') ?? []
  const authorize = new URL(address)
  const body = new URLSearchParams({ ...Object.fromEntries(authorize.searchParams), login })
  const yes = await fetch(authorize.origin + authorize.pathname, { method: 'POST', redirect: 'manual', body })
  const back = await knock(who, yes.headers.get('location') ?? '')
  const [, attemptId] = /\/accounts\/confirm\/([\da-f-]+)$/.exec(back.headers.get('location') ?? '') ?? []
  return z.uuid().parse(attemptId)
}

/** Links an account and waits until the stack's worker has read it. @returns the account's id */
export async function linkAndWait(who: SignedIn, login: string): Promise<string> {
  const attemptId = await beginLink(who, login)
  const [session] = await askDatabase('select id from session where token_hash = $1', [hashSessionToken(who.token)])
  const sessionId = z.string().parse(session?.id)
  const consentVersion = LINKING_CONSENT_VERSION
  const { accountId } = await confirmLink(who.actor, { attemptId, sessionId, consentVersion })
  const isReading = async (): Promise<boolean> => {
    const answer = await knock(who, `/api/accounts/status?accountId=${accountId}`)
    return z.object({ progress: z.unknown().nullable() }).parse(await answer.json()).progress !== null
  }
  await expect.poll(isReading, { timeout: 90_000 }).toBe(false)
  return accountId
}
