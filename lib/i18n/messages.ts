import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@/lib/i18n/locales'

export type MessageTree = { [key: string]: string | MessageTree }

const cache = new Map<Locale, MessageTree>()

function isTree(value: unknown): value is MessageTree {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((entry) => typeof entry === 'string' || isTree(entry))
  )
}

function readNamespace(path: string): MessageTree {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isTree(parsed)) throw new Error(`${path} holds something that is neither text nor a group of texts`)
  return parsed
}

/**
 * All words of a language, one namespace a file of `messages/<locale>/`. Read once a process;
 * while developing they are read anew, so that an edited sentence shows up at once.
 */
export function loadMessages(locale: Locale): MessageTree {
  const known = cache.get(locale)
  if (known !== undefined && process.env.NODE_ENV !== 'development') return known
  // turbopackIgnore: the folder is read at run time from where the app is started, never bundled.
  const folder = join(/* turbopackIgnore: true */ process.cwd(), 'messages', locale)
  const tree: MessageTree = {}
  for (const file of readdirSync(folder).toSorted()) {
    if (file.endsWith('.json')) tree[file.slice(0, -'.json'.length)] = readNamespace(join(folder, file))
  }
  cache.set(locale, tree)
  return tree
}
