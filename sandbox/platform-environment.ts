import { SANDBOX_CLIENTS } from './options'

/** What the app finds in its environment so that every platform is the sandbox's. */
export function platformEnvironment(origin: string): Record<string, string> {
  return {
    GITHUB_URL: `${origin}/github`,
    GITHUB_API_URL: `${origin}/github/api`,
    GITHUB_CLIENT_ID: SANDBOX_CLIENTS.github.clientId,
    GITHUB_CLIENT_SECRET: SANDBOX_CLIENTS.github.clientSecret,
    GITEE_URL: `${origin}/gitee`,
    GITEE_CLIENT_ID: SANDBOX_CLIENTS.gitee.clientId,
    GITEE_CLIENT_SECRET: SANDBOX_CLIENTS.gitee.clientSecret,
    GITCODE_URL: `${origin}/gitcode`,
    GITCODE_API_URL: `${origin}/gitcode/api/v5`,
    GITCODE_CLIENT_ID: SANDBOX_CLIENTS.gitcode.clientId,
    GITCODE_CLIENT_SECRET: SANDBOX_CLIENTS.gitcode.clientSecret,
    HUGGINGFACE_URL: `${origin}/huggingface`,
    HUGGINGFACE_CLIENT_ID: SANDBOX_CLIENTS.huggingface.clientId,
    HUGGINGFACE_CLIENT_SECRET: SANDBOX_CLIENTS.huggingface.clientSecret,
  }
}
