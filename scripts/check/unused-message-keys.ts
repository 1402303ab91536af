import type { Finding } from '@/scripts/check/finding'
import { type Messages, messageFile } from '@/scripts/check/message-files'
import { readSources, type SourceFile } from '@/scripts/check/source-files'

const namespaceUse = /\b(?:getTranslations|useTranslations)(?:<[^>]*>+)?\(\s*(?:\{[^}]*namespace:\s*)?(?:'([^']+)')?/g
const literal = /'([\w.-]+)'/g
const template = /`([^`]*\$\{[^`]*)`/g
/** A translator that comes from elsewhere: what the file says may be of any namespace. */
const givenTranslator = /[(,{]\s*\w+\??:\s*(?:Words|Translator|Awaited<ReturnType<typeof (?:get|use)Translations)/

/** What a part of the code can ask for: keys as they stand there, and patterns of those put together at run time. */
type Asked = { namespaces: readonly string[]; says: (key: string) => boolean }

/**
 * Keys of messages that nothing can ask for. A key is asked for in a namespace by a literal, or by a template that it
 * fits, in a file that opens the namespace, or in one that opens none (a list of keys, a part that is given its
 * translator). Words of refusals and of what was done go by codes, which stand anywhere in the code.
 */
export function findUnusedKeys(root: string, messages: Messages): Finding[] {
  const sources = readSources(root, /^(app|components|lib)\/.*[.]tsx?$/).filter(
    ({ file }) => !/[.]test[.]tsx?$|\/generated\//.test(file),
  )
  const asked = sources.map(toAsked)
  const anywhere = (key: string) => asked.some(({ says }) => says(key))
  return [...messages].flatMap(([namespace, keys]) =>
    [...keys.keys()]
      .filter((key) => !isCodeOf(namespace, key, anywhere) && !asked.some((one) => asksFor(one, `${namespace}.${key}`)))
      .map((key) => ({ file: messageFile('en', namespace), words: `${key} is used by nothing` })),
  )
}

function toAsked({ text }: SourceFile): Asked {
  const opened = [...text.matchAll(namespaceUse)].map((match) => match[1] ?? '')
  const literals = new Set([...text.matchAll(literal)].map((match) => match[1] ?? ''))
  const patterns = [...text.matchAll(template)].flatMap((match) => toPattern(match[1] ?? ''))
  const namespaces = givenTranslator.test(text) ? [...opened, ANY] : opened.length === 0 ? [ANY] : opened
  return { namespaces, says: (key) => literals.has(key) || patterns.some((pattern) => pattern.test(key)) }
}

/** Stands for every namespace, and for every group in one. */
const ANY = '*'

function asksFor({ namespaces, says }: Asked, path: string): boolean {
  return namespaces.some((namespace) => {
    if (namespace === '') return says(path)
    if (namespace !== ANY) return path.startsWith(`${namespace}.`) && says(path.slice(namespace.length + 1))
    return tailsOf(path).some(says)
  })
}

/** `a.b.c` → `a.b.c`, `b.c`, `c`. */
const tailsOf = (path: string): string[] => path.split('.').map((_part, index, parts) => parts.slice(index).join('.'))

/** A template as a pattern of keys: what is filled in may be anything. One that says nothing itself fits nothing here. */
function toPattern(text: string): RegExp[] {
  const parts = text.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/)
  if (!parts.some((part) => /\w/.test(part)) || parts.some((part) => !/^[\w.-]*$/.test(part))) return []
  return [new RegExp(`^${parts.map((part) => part.replaceAll('.', '[.]')).join('.+')}$`)]
}

/** Words for a code: of a refusal (`errors`, or a group of that name), or of what was done (`flash`). */
function isCodeOf(namespace: string, key: string, anywhere: (key: string) => boolean): boolean {
  const [, code] = (namespace === 'errors' ? /^(?:kind[.]|field[.])?(\w+)$/ : /^errors[.](\w+)$/).exec(key) ?? []
  if (namespace === 'flash') return anywhere(key)
  return code !== undefined && anywhere(code)
}
