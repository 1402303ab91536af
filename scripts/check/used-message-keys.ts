import type { Finding } from '@/scripts/check/finding'
import type { Messages } from '@/scripts/check/message-files'
import { lineAt, readSources, type SourceFile } from '@/scripts/check/source-files'

const namespaceUse = /\b(?:getTranslations|useTranslations)\(\s*(?:\{[^}]*namespace:\s*)?(?:'([^']+)')?/g
const direct = /\b(?:const|let)\s+(\w+)\s*=\s*(?:await\s+)?(?:getTranslations|useTranslations)\(/g
const together = /\bconst\s+\[([\w\s,]+)\]\s*=\s*await\s+Promise\.all\(\[[^;]*?getTranslations\(/g

/** Keys that the code asks for by a literal and that no language has. Keys put together at run time are not seen. */
export function findMissingKeys(root: string, messages: Messages): Finding[] {
  return readSources(root, /^(app|components|lib)\/.*[.]tsx?$/)
    .filter((source) => !/[.]test[.]tsx?$/.test(source.file))
    .flatMap((source) => missingIn(source, messages))
}

/** A key is missing when none of the namespaces that the file speaks of has it. */
function missingIn(source: SourceFile, messages: Messages): Finding[] {
  const namespaces = [...source.text.matchAll(namespaceUse)].map((match) => match[1] ?? '')
  return translatorsOf(source.text).flatMap((name) => {
    const use = new RegExp(`(?<![\\w.])${name}(?:\\.(?:rich|markup|raw|has))?\\(\\s*'([^']+)'`, 'g')
    return [...source.text.matchAll(use)].flatMap((match) => {
      const key = match[1] ?? ''
      if (namespaces.some((namespace) => exists(messages, namespace === '' ? key : `${namespace}.${key}`))) return []
      const words = `no language has ${[...new Set(namespaces)].join(' | ')} . ${key}`
      return [{ file: source.file, line: lineAt(source.text, match.index), words }]
    })
  })
}

function translatorsOf(text: string): string[] {
  const one = [...text.matchAll(direct)].map((match) => match[1] ?? '')
  const several = [...text.matchAll(together)].flatMap((match) =>
    (match[1] ?? '').split(',').map((name) => name.trim()),
  )
  return [...new Set([...one, ...several])].filter((name) => /^\w+$/.test(name) && !isParameter(text, name))
}

/** Where a function gets its translator as a parameter of the same name, its namespace is not known here. */
function isParameter(text: string, name: string): boolean {
  return new RegExp(`[(,{]\\s*${name}\\s*:`).test(text)
}

function exists(messages: Messages, path: string): boolean {
  const [namespace = '', ...rest] = path.split('.')
  const keys = messages.get(namespace)
  const key = rest.join('.')
  return keys !== undefined && (keys.has(key) || [...keys.keys()].some((known) => known.startsWith(`${key}.`)))
}
