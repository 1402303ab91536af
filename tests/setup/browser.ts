import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

/** How the tests start a browser. `env` has what its libraries need. */
export interface Browser {
  readonly executablePath: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
/** Nothing of the browser's own may call home: tests use loopback only. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
]

/** The browser of CHROMIUM_PATH, else one of this machine, else the one that came with npm ci. */
export async function findBrowser(): Promise<Browser> {
  const system = process.env.CHROMIUM_PATH ?? findSystemBrowser()
  const args = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', ...QUIET]
  if (system) return { executablePath: system, args, env: {} }
  return { args: [...args, '--no-zygote', '--disable-gpu'], ...(await unpackBrowser()) }
}

function findSystemBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...APPLICATIONS]
  return candidates.find((path) => existsSync(path) && starts(path, {}))
}

/** Unpacks the browser of @sparticuz/chromium, with its libraries where this machine lacks them. */
async function unpackBrowser(): Promise<Pick<Browser, 'executablePath' | 'env'>> {
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  const executablePath = await chromium.executablePath()
  if (starts(executablePath, {})) return { executablePath, env: {} }
  const script = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  await inflate(join(dirname(script), '../bin/al2023.tar.br'))
  const env = { LD_LIBRARY_PATH: join(tmpdir(), 'al2023', 'lib') }
  if (starts(executablePath, env)) return { executablePath, env }
  throw new Error('No browser starts on this machine. Install Chromium, or set CHROMIUM_PATH to one.')
}

/** Some distributions put a script there that only says how to install the real one. */
function starts(path: string, env: Record<string, string>): boolean {
  return (
    spawnSync(path, ['--version', '--no-sandbox'], { env: { ...process.env, ...env }, timeout: 20_000 }).status === 0
  )
}
