import type { SandboxResponse } from '../http/types'

/** What Gitee answers when it does not answer; texts as seen in recorded answers and in its own clients. */
export const giteeErrors = {
  sessionRequired: () => message(401, '登录失效，无权限访问该资源'),
  tokenRequired: () => message(401, '401 Unauthorized: Access token is required'),
  tokenUnknown: () => message(401, '401 Unauthorized: Access token does not exist'),
  tokenExpired: () => message(401, '401 Unauthorized: Access token is expired'),
  projectNotFound: () => message(404, '404 Project Not Found'),
  userNotFound: () => message(404, '404 User Not Found'),
  groupNotFound: () => message(404, '404 Group Not Found'),
  notFound: () => message(404, '404 Not Found'),
  /** Some answers use `error` where most use `message`. */
  routeNotFound: () => ({ status: 404, body: { error: '404 Not Found' } }),
  invalid: (name: string) => message(400, `${name} does not have a valid value`),
  anonymousLimit: () => message(403, 'API rate limit exceeded'),
  userLimit: (retryAfterSeconds: number) =>
    message(429, 'API rate limit exceeded', { 'retry-after': String(retryAfterSeconds) }),
  applicationLimit: (retryAfterSeconds: number) =>
    message(429, 'Application has exceeded the rate limit', { 'retry-after': String(retryAfterSeconds) }),
} as const

function message(status: number, text: string, headers: Readonly<Record<string, string>> = {}): SandboxResponse {
  return { status, headers, body: { message: text } }
}
