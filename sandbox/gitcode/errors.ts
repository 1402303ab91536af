import { randomUUID } from 'node:crypto'
import type { SandboxResponse } from '../http/types'

/** What GitCode answers when it does not answer: most refusals have a code, a word and a trace; 401 has a message alone. */
export const gitcodeErrors = {
  unauthorized: (): SandboxResponse => ({ status: 401, body: { message: '401 Unauthorized' } }),
  notFound: (what: string) => coded(404, 'NOT_FOUND', `${what} not found`),
  invalid: (name: string) => coded(400, 'BAD_REQUEST', `${name} 参数类型错误`),
  forbidden: () => coded(403, 'FORBIDDEN', '权限不足'),
  unsafe: () => coded(418, 'UNSAFE_REQUEST', '请求被拒绝，疑似不安全'),
  limit: () => coded(429, 'TOO_MANY_REQUESTS', '请求过于频繁'),
  /** The same, with a time: as gateways before it add it. */
  limitWithTime: (retryAfterSeconds: number): SandboxResponse => ({
    ...coded(429, 'TOO_MANY_REQUESTS', '请求过于频繁'),
    headers: { 'retry-after': String(retryAfterSeconds) },
  }),
} as const

function coded(status: number, name: string, text: string): SandboxResponse {
  const trace_id = randomUUID().replaceAll('-', '')
  return { status, body: { error_code: status, error_code_name: name, error_message: text, trace_id } }
}
