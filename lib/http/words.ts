import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ReasonData } from '@/lib/domain/errors'
import type { Words } from '@/lib/http/run-action'

type Values = Record<string, string | number>

function toValues(details: ReasonData): Values {
  return Object.fromEntries(
    Object.entries(details).map(([key, value]) => [key, typeof value === 'number' ? value : String(value ?? '')]),
  )
}

/**
 * Words for codes: first the group `errors` of the area's namespace, then the namespace `errors`, then
 * the general word for the kind. A code without words never shows itself.
 */
export async function loadWords(namespace?: string): Promise<Words> {
  const t = await getTranslations()
  const find = (keys: readonly string[], details: ReasonData): string => {
    const key = keys.find((candidate) => t.has(candidate)) ?? 'errors.unexpected'
    return t(key, toValues(details))
  }
  const own = (code: string) => (namespace === undefined ? [] : [`${namespace}.errors.${code}`])
  return {
    reason: (code, kind, details) => find([...own(code), `errors.${code}`, `errors.kind.${kind}`], details),
    field: (code, details) => find([...own(code), `errors.field.${code}`, 'errors.field.invalid_format'], details),
    done: (code) => find([`flash.${code}`, 'common.done'], {}),
  }
}
