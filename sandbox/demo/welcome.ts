import { relative } from 'node:path'
import type { Stack } from '@/sandbox/demo/stack'

/** What to do now, for whoever looks at the terminal. */
export async function welcome(stack: Stack, dataDir: string): Promise<string> {
  const beside = relative(process.cwd(), dataDir)
  const folder = beside.startsWith('..') ? dataDir : beside
  return `
  源分 Yuanfen   ${stack.appUrl}

  Sign in through one of the two universities; the sandbox's page asks whom you want to be.
  Platforms and sign-in in miniature: ${stack.sandboxUrl}    Logs: ${folder}/logs
  Ctrl-C ends everything. The data stays; npm run demo -- --fresh starts over.
`
}
