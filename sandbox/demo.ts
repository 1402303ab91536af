/** `npm run demo [-- --fresh]`: everything on one machine, with nothing set. See README. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startOver } from '@/sandbox/demo/fresh'
import { recordParts, releaseLock, takeLock } from '@/sandbox/demo/lock'
import { portFromEnvironment } from '@/sandbox/demo/ports'
import { type StartingStack, startStack } from '@/sandbox/demo/stack'
import { wordsOf } from '@/sandbox/demo/supervisor'
import { welcome } from '@/sandbox/demo/welcome'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')
const dataDir = resolve(root, process.env.DATA_DIR || '.data')
const started = performance.now()
const say = (words: string) =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s] ${words}`)

let stack: StartingStack | undefined
let ending: Promise<void> | undefined
let locked = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C does not wait: the watcher ends what is left.
    if (ending) process.exit(1)
    console.log('')
    say('ending …')
    void end(0)
  })
}
endWithNpm()

try {
  await takeLock(dataDir, root)
  locked = true
  if (process.argv.includes('--fresh')) {
    startOver(dataDir)
    say('starting over: what was there is deleted')
  }
  stack = startStack({
    root,
    dataDir,
    port: portFromEnvironment('PORT', 3000),
    sandboxPort: portFromEnvironment('SANDBOX_PORT', 4000),
    distDir: process.env.NEXT_DIST_DIR || '.next',
    durable: true,
    onStep: say,
    onRestart: (words) => {
      say(words)
      void stack?.ready.then(
        ({ pids }) => recordParts(dataDir, pids()),
        () => {},
      )
    },
    onGiveUp: (words) => void fail(words),
  })
  const ready = await stack.ready
  recordParts(dataDir, ready.pids())
  say('ready')
  console.log(welcome(ready, dataDir))
} catch (error) {
  if (!ending) await fail(wordsOf(error))
}

async function fail(words: string) {
  console.error(`\nThe demo ends: ${words}\n`)
  await end(1)
}

async function end(code: number) {
  ending ??= (async () => {
    await stack?.stop()
    if (locked) releaseLock(dataDir)
    process.exit(code)
  })()
  await ending
}

/** Should npm itself be killed, nobody would hand us a signal: a demo whose parent changed has lost its terminal. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'demo') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && !ending) void end(1)
  }, 500).unref()
}
