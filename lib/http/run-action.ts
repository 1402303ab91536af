import type * as z from 'zod'
import type { GetActor } from '@/lib/auth/types'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError, isAppError, type ReasonData } from '@/lib/domain/errors'
import type { FormAnswer, FormState, RefusedForm } from '@/lib/domain/form-state'
import { DEFAULT_FORM_LIMITS, type FieldIssue, type FormLimits, parseForm, typedValues } from '@/lib/http/form-data'

/** What a use case led to: another page with a word on it, or a word in the form. All words are codes. */
export type ActionOutcome = {
  /** A path of this app. */
  redirectTo?: string
  /** Key of the namespace `flash`, shown on the next page. */
  flash?: string
  /** Key of the namespace `flash`, shown in the form. */
  message?: string
}

export type ActionCall<Input, Who> = { actor: Who; input: Input; now: Date; requestId: string }

/** A form's question: what it takes, and the use case that answers it. */
export type QuestionDefinition<Schema extends z.ZodObject, Who, Value> = {
  /** For the log: `claims.submit`. */
  name: string
  schema: Schema
  /** Namespace whose group `errors` has words for the area's own codes, before the common ones. */
  namespace?: string
  limits?: Partial<FormLimits>
  run: (call: ActionCall<z.output<Schema>, Who>) => Promise<Value>
}

export type ActionDefinition<Schema extends z.ZodObject, Who> = QuestionDefinition<
  Schema,
  Who,
  ActionOutcome | undefined
>

/** Puts codes into the reader's language. */
export type Words = {
  reason: (code: string, kind: string, details: ReasonData) => string
  field: (code: string, details: ReasonData) => string
  done: (code: string) => string
}

export type ActionDeps<Who> = {
  getActor: () => Promise<Who>
  words: Words
  requestId: string
  now: Date
  /** Called with what nobody expected; the reader gets the request's id only. */
  report: (error: unknown, context: { requestId: string; action: string }) => void
}

export type ActionRun = { state: FormState; outcome: ActionOutcome }

type Refusal = { code: string; message: string; requestId?: string; fieldErrors?: Record<string, string> }

function refused(data: FormData, refusal: Refusal): RefusedForm {
  const { code, message, requestId = null, fieldErrors = {} } = refusal
  return { status: 'error', code, message, requestId, fieldErrors, values: typedValues(data) }
}

function refuseFields(data: FormData, issues: readonly FieldIssue[], words: Words): RefusedForm {
  const fieldErrors: Record<string, string> = {}
  for (const issue of issues) {
    if (issue.field !== '') fieldErrors[issue.field] ??= words.field(issue.code, issue.details)
  }
  const whole = issues.find((issue) => issue.field === '')
  const code = whole?.code ?? 'invalid_input'
  return refused(data, { code, message: words.reason(code, 'invalid', whole?.details ?? {}), fieldErrors })
}

/** What Next.js throws on purpose (redirect, not found) passes through. */
function isControlFlow(error: unknown): boolean {
  return error instanceof Error && 'digest' in error && String(error.digest).startsWith('NEXT_')
}

/** A server action's question from form to answer: who, what, ask. Whatever refuses is put into words. */
export async function runQuestion<Schema extends z.ZodObject, Who, Value>(
  definition: QuestionDefinition<Schema, Who, Value>,
  data: FormData,
  deps: ActionDeps<Who>,
): Promise<FormAnswer<Value>> {
  const { words, requestId, now } = deps
  try {
    const actor = await deps.getActor()
    const form = parseForm(definition.schema, data, { ...DEFAULT_FORM_LIMITS, ...definition.limits })
    if (!form.ok) return refuseFields(data, form.issues, words)
    return { status: 'ok', value: await definition.run({ actor, input: form.value, now, requestId }) }
  } catch (error) {
    if (isControlFlow(error)) throw error
    if (isAppError(error)) {
      return refused(data, { code: error.code, message: words.reason(error.code, error.kind, error.details) })
    }
    deps.report(error, { requestId, action: definition.name })
    return refused(data, { code: 'unexpected', message: words.reason('unexpected', 'unexpected', {}), requestId })
  }
}

/** A server action from form to state: who, what, do it, say what came of it. */
export async function runAction<Schema extends z.ZodObject, Who>(
  definition: ActionDefinition<Schema, Who>,
  data: FormData,
  deps: ActionDeps<Who>,
): Promise<ActionRun> {
  const answer = await runQuestion(definition, data, deps)
  if (answer.status === 'error') return { state: answer, outcome: {} }
  const outcome = answer.value ?? {}
  const message = outcome.message === undefined ? null : deps.words.done(outcome.message)
  return { state: { status: 'ok', message }, outcome }
}

/** The member who asks, or the refusal `unauthenticated`. */
export async function requireActor(getActor: GetActor): Promise<MemberActor> {
  const actor = await getActor()
  if (actor === null) throw new AppError('unauthenticated', 'sign_in_required')
  return actor
}
