/** What a form knows after it was sent. The words are already in the reader's language. */
export type FormState =
  | { status: 'idle' }
  | { status: 'ok'; message: string | null }
  | {
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

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>

export const IDLE: FormState = { status: 'idle' }
