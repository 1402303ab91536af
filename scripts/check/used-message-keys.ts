import type { Finding } from '@/scripts/check/finding'
import type { Messages } from '@/scripts/check/message-files'
import { lineAt, readSources, type SourceFile } from '@/scripts/check/source-files'

const declaration =
  /\b(?:const|let)\s+(\w+)\s*=\s*(?:await\s+)?(?:getTranslations|useTranslations)\(\s*(?:\{[^}]*namespace:\s*)?(?:'([^']+)')?/g

/** Keys that the code asks for by a literal and that no language has. Keys put together at run time are not seen. */
export function findMissingKeys(root: string, messages: Messages): Finding[] {
  return readSources(root, /^(app|components|lib)\/.*[.]tsx?$/)
    .filter((source) => !/[.]test[.]tsx?$/.test(source.file))
    .flatMap((source) => missingIn(source, messages))
}

function missingIn(source: SourceFile, messages: Messages): Finding[] {
  const namespaces = new Map<string, string[]>()
  for (const [, name, namespace = ''] of source.text.matchAll(declaration)) {
    if (name !== undefined) namespaces.set(name, [...(namespaces.get(name) ?? []), namespace])
  }
  return [...namespaces].flatMap(([name, within]) => {
    if (isParameter(source.text, name)) return []
    const use = new RegExp(`(?<![\\w.])${name}(?:\\.(?:rich|markup|raw|has))?\\(\\s*'([^']+)'`, 'g')
    return [...source.text.matchAll(use)].flatMap((match) => {
      const key = match[1] ?? ''
      if (within.some((namespace) => exists(messages, namespace === '' ? key : `${namespace}.${key}`))) return []
      return [
        {
          file: source.file,
          line: lineAt(source.text, match.index),
          words: `no language has ${within.join(' | ')}.${key}`,
        },
      ]
    })
  })
}

/** Where a function gets its translator as a parameter of the same name, its namespace is not known here. */
function isParameter(text: string, name: string): boolean {
  return new RegExp(`[(,{]\\s*${name}\\s*[:,}]`).test(text)
}

function exists(messages: Messages, path: string): boolean {
  const [namespace = '', ...rest] = path.split('.')
  const keys = messages.get(namespace)
  const key = rest.join('.')
  return keys !== undefined && (keys.has(key) || [...keys.keys()].some((known) => known.startsWith(`${key}.`)))
}
