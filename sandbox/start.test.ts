import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('./start.ts', import.meta.url))

test('says one line when it is ready, serves on loopback only, ends on SIGTERM', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, SANDBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line]: unknown[] = await once(child.stdout, 'data')
    const origin = /^sandbox ready on (http:\/\/127\.0\.0\.1:\d+), [^\n]*\n$/.exec(String(line))?.[1]
    expect(origin).toBeDefined()
    expect((await fetch(`${origin}/_sandbox/health`)).status).toBe(200)
    child.kill('SIGTERM')
    const [code]: unknown[] = await once(child, 'exit')
    expect(code).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
}, 30_000)
