/** A refusal as a form shows it. The words are already in the reader's language. */
export type RefusedForm = {
  status: 'error'
  /** Stable reason code. */
  code: string
  message: string
  /** Reference for support; set when the cause is ours. */
  requestId: string | null
  /** By the field's name. */
  fieldErrors: Record<string, string>
  /** What was typed, by the field's name; never files or passwords. */
  values: Record<string, readonly string[]>
}

/** What a form knows after it was sent: said by the wrapper of all actions, shown by the form. */
export type FormState = { status: 'idle' } | { status: 'ok'; message: string | null } | RefusedForm

/** What a form's question was answered with, where nothing is changed. */
export type FormAnswer<Value> = { status: 'ok'; value: Value } | RefusedForm
