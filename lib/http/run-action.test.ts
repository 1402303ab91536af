import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { type ActionDefinition, type ActionDeps, requireActor, runAction, runQuestion } from '@/lib/http/run-action'

const student: MemberActor = {
  kind: 'member',
  personId: 'p1',
  memberId: 'm1',
  universityId: 'u1',
  roles: ['student'],
  reviewDepartmentIds: [],
}

const now = new Date('2025-11-24T00:00:00Z')

function setUp(actor: MemberActor | null = student) {
  const reported: unknown[] = []
  const deps: ActionDeps<MemberActor> = {
    getActor: () => requireActor(async () => actor),
    words: {
      reason: (code, kind) => `reason:${kind}:${code}`,
      field: (code) => `field:${code}`,
      done: (code) => `done:${code}`,
    },
    requestId: 'r1',
    now,
    report: (error) => reported.push(error),
  }
  return { deps, reported }
}

const schema = z.object({ title: z.string().min(1) })

function define(
  run: ActionDefinition<typeof schema, MemberActor>['run'],
): ActionDefinition<typeof schema, MemberActor> {
  return { name: 'test.do', schema, run }
}

function titled(title: string): FormData {
  const data = new FormData()
  data.set('title', title)
  return data
}

describe('runAction', () => {
  it('hands actor, input and time to the use case, and its outcome back', async () => {
    const { deps } = setUp()
    const seen: unknown[] = []
    const definition = define(async (call) => {
      seen.push(call)
      return { message: 'saved', redirectTo: '/claims' }
    })
    const run = await runAction(definition, titled('x'), deps)
    expect(seen).toEqual([{ actor: student, input: { title: 'x' }, now, requestId: 'r1' }])
    expect(run).toEqual({
      state: { status: 'ok', message: 'done:saved' },
      outcome: { message: 'saved', redirectTo: '/claims' },
    })
  })

  it('does nothing for who is not signed in, and keeps what was typed', async () => {
    const { deps, reported } = setUp(null)
    const run = await runAction(
      define(() => Promise.reject(new Error('must not run'))),
      titled('x'),
      deps,
    )
    expect(run.state).toMatchObject({
      status: 'error',
      code: 'sign_in_required',
      values: { title: ['x'] },
      requestId: null,
    })
    expect(reported).toEqual([])
  })

  it('does nothing with a form that is not right', async () => {
    const { deps } = setUp()
    const run = await runAction(
      define(() => Promise.reject(new Error('must not run'))),
      titled(''),
      deps,
    )
    expect(run.state).toMatchObject({
      status: 'error',
      code: 'invalid_input',
      fieldErrors: { title: 'field:required' },
    })
  })

  it('puts a refusal into words', async () => {
    const { deps, reported } = setUp()
    const refuse = define(() => Promise.reject(new AppError('conflict', 'claim_changed')))
    const run = await runAction(refuse, titled('x'), deps)
    expect(run.state).toMatchObject({
      status: 'error',
      code: 'claim_changed',
      message: 'reason:conflict:claim_changed',
    })
    expect(reported).toEqual([])
  })

  it('reports what nobody expected, and shows the reader no more than the id', async () => {
    const { deps, reported } = setUp()
    const run = await runAction(
      define(() => Promise.reject(new Error('password is hunter2'))),
      titled('x'),
      deps,
    )
    expect(run.state).toMatchObject({ status: 'error', code: 'unexpected', requestId: 'r1' })
    expect(JSON.stringify(run)).not.toContain('hunter2')
    expect(reported).toHaveLength(1)
  })

  it('lets the redirects of Next.js pass', async () => {
    const { deps } = setUp()
    const redirecting = Object.assign(new Error('NEXT_REDIRECT'), { digest: 'NEXT_REDIRECT;push;/x;307;' })
    await expect(
      runAction(
        define(() => Promise.reject(redirecting)),
        titled('x'),
        deps,
      ),
    ).rejects.toBe(redirecting)
  })
})

describe('runQuestion', () => {
  it('answers with the value', async () => {
    const { deps } = setUp()
    const question = { name: 'test.ask', schema, run: async () => 75 }
    expect(await runQuestion(question, titled('x'), deps)).toEqual({ status: 'ok', value: 75 })
  })

  it('refuses in words, and reports what nobody expected under the request', async () => {
    const { deps, reported } = setUp()
    const ask = (error: Error) =>
      runQuestion({ name: 'test.ask', schema, run: () => Promise.reject(error) }, titled('x'), deps)
    expect(await ask(new AppError('conflict', 'no_policy'))).toMatchObject({
      status: 'error',
      code: 'no_policy',
      message: 'reason:conflict:no_policy',
    })
    expect(await ask(new Error('oh'))).toMatchObject({ status: 'error', code: 'unexpected', requestId: 'r1' })
    expect(reported).toHaveLength(1)
  })
})
