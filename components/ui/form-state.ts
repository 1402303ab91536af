import type { FormState } from '@/lib/domain/form-state'

export type { FormState }

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>

export const IDLE: FormState = { status: 'idle' }
