import type { AuditDetail } from './view'

const MAX_VALUE_LENGTH = 200

/** An event's data as a flat list of names and values; `changed` is spelled out as "from → to". */
export function detailsOf(data: unknown): AuditDetail[] {
  if (!isRecord(data)) return []
  return Object.entries(data).flatMap(([key, value]) => {
    if (key === 'changed' && isRecord(value)) return Object.entries(value).flatMap(toChange)
    return [{ key, value: textOf(value) }]
  })
}

function toChange([key, value]: [string, unknown]): AuditDetail[] {
  if (!isRecord(value)) return []
  return [{ key, value: `${textOf(value.from)} → ${textOf(value.to)}` }]
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
