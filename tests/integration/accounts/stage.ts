import { randomUUID } from 'node:crypto'
import { LINKING_CONSENT_VERSION } from '@/lib/accounts/consent'
import { type CallbackInput, finishCallback } from '@/lib/accounts/finish-callback'
import { startLink } from '@/lib/accounts/start-link'
import type { Platform } from '@/lib/domain/platform'
import { platformEnvironment } from '@/sandbox/platform-environment'
import { type RunningSandbox, startSandbox } from '@/sandbox/server'
import { PlainBrowser } from '@/sandbox/testing/plain-browser'
import type { Account } from '@/sandbox/world/types'
import { makeDemoSecrets } from '@/scripts/demo/secrets'
import { openTestWorld, type TestMember, type TestWorld } from '@/tests/factories'

/** A database, and the platforms over HTTP, with the app configured for both. */
export type Stage = { world: TestWorld; sandbox: RunningSandbox; close: () => Promise<void> }

const APP_URL = 'http://localhost:3999'

/** Call once a file, before anything reads the configuration. */
export async function openStage(): Promise<Stage> {
  const sandbox = await startSandbox({ port: 0, appUrls: [`${APP_URL}/`] })
  const world = await openTestWorld()
  const secrets = makeDemoSecrets()
  Object.assign(process.env, {
    APP_URL,
    AUTH_SECRET: secrets.authSecret,
    SEALING_KEYS: secrets.sealingKeys,
    LEDGER_SIGNING_KEY: secrets.ledgerSigningKey,
    ...platformEnvironment(sandbox.origin),
    LOG_LEVEL: 'silent',
  })
  const close = async () => {
    await sandbox.close()
    await world.close()
  }
  return { world, sandbox, close }
}

/** A student in a session of the browser. */
export type Visitor = { actor: TestMember['actor']; sessionId: string }

export function visitorOf(member: TestMember): Visitor {
  return { actor: member.actor, sessionId: randomUUID() }
}

/** Accounts of the sandbox's world that a person can be, in order. */
export function platformPeople({ sandbox }: Stage, platform: Platform): Account[] {
  const all = sandbox.context.world.listAccounts(platform, { limit: 500 })
  return all.filter(({ kind, deletedAs }) => kind === 'User' && !deletedAs)
}

/** Does at the platform's page what a person does, and gives what the browser is sent back with. */
export async function answerAt(stage: Stage, url: string, answer: Account | 'deny'): Promise<URL> {
  const { origin } = stage.sandbox
  const asked = new URL(url)
  const carried = Object.fromEntries(asked.searchParams)
  const said =
    answer === 'deny'
      ? { decision: 'deny', deny: '1' }
      : asked.pathname.startsWith('/github')
        ? { login: answer.login }
        : { account: String(answer.id) }
  const form = { ...carried, ...said }
  const landing = await new PlainBrowser(origin).follow(`${asked.origin}${asked.pathname}`, { form })
  if (landing.leftTo === null) throw new Error(`not sent back: ${landing.response.status}`)
  return landing.leftTo
}

export function callbackOf(visitor: Visitor, platform: Platform, back: URL): CallbackInput {
  const given = (name: string) => back.searchParams.get(name) ?? undefined
  return { platform, sessionId: visitor.sessionId, state: given('state'), code: given('code'), error: given('error') }
}

export async function leaveFor(visitor: Visitor, platform: Platform, now = new Date()): Promise<string> {
  const { actor, sessionId } = visitor
  const started = await startLink(actor, { platform, sessionId, consentVersion: LINKING_CONSENT_VERSION }, { now })
  return started.url
}

/** From the button to “Link @login?”; gives the attempt. */
export async function proveAs(
  stage: Stage,
  visitor: Visitor,
  as: { platform: Platform; account: Account },
): Promise<string> {
  const back = await answerAt(stage, await leaveFor(visitor, as.platform), as.account)
  const outcome = await finishCallback(visitor.actor, callbackOf(visitor, as.platform, back))
  if (outcome.kind !== 'confirm') throw new Error('nothing to confirm')
  return outcome.attemptId
}
