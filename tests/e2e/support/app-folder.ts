import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** `app/(review)/review/[claimId]/page.tsx` → `/review/[claimId]`: groups are no part of an address. */
function addressOf(file: string): string {
  const parts = file.split('/').slice(1, -1)
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`
}

/** Addresses of all pages, as their folders spell them. */
export function listPages(): string[] {
  return globSync('app/**/page.tsx', { cwd: root }).map(addressOf).sort()
}

/** `GET /api/health`: each method of each route. */
export function listRoutes(): string[] {
  return globSync('app/**/route.ts', { cwd: root })
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      const exported = METHODS.filter((method) => new RegExp(`export (async function|const) ${method}\\b`).test(source))
      if (exported.length === 0) throw new Error(`${file} exports no method that the tests know`)
      return exported.map((method) => `${method} ${addressOf(file)}`)
    })
    .sort()
}

/** `app/(review)/review/actions.ts decideAction`: each function that a browser can call. */
export function listActions(): string[] {
  return globSync('app/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => /^['"]use server['"]/m.test(readFileSync(join(root, file), 'utf8')))
    .flatMap((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      return [...source.matchAll(/^export (?:async function|const) (\w+)/gm)].map(([, name]) => `${file} ${name}`)
    })
    .sort()
}

/** Puts values where the folders have names: `/review/[claimId]`, { claimId } → `/review/…`. */
export function fillIn(address: string, values: Readonly<Record<string, string>>): string {
  return address.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${address}: no value for ${name}`)
    return encodeURIComponent(value)
  })
}
