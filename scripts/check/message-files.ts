import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const locales = ['zh-CN', 'en'] as const
export type CheckedLocale = (typeof locales)[number]

/** Messages of one language: namespace → key with dots → words. */
export type Messages = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Reads `messages/<locale>/*.json` below `root`. */
export function readMessages(root: string, locale: CheckedLocale): Messages {
  const folder = join(root, 'messages', locale)
  if (!existsSync(folder)) return new Map()
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => [file.slice(0, -5), new Map(flatten(JSON.parse(readFileSync(join(folder, file), 'utf8'))))]),
  )
}

function flatten(value: unknown, prefix = ''): [string, string][] {
  if (typeof value === 'string') return [[prefix, value]]
  if (typeof value !== 'object' || value === null) return [[prefix, '']]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix === '' ? key : `${prefix}.${key}`))
}

export function messageFile(locale: CheckedLocale, namespace: string): string {
  return `messages/${locale}/${namespace}.json`
}
