import { type AuditName, type NamedId, nameKey } from '@/lib/db/audit-names'
import { isPlatform, platformName } from '@/lib/domain/platform'
import { CHECKSUM_KEYS, CREDIT_KEYS, MESSAGE_OF_KEY, NAME_OF_KEY, THING_OF_KEY, UNSHOWN_KEYS } from './detail-kinds'
import type { AuditDetail, AuditThing, AuditValue, ThingKind } from './view'

const MAX_VALUE_LENGTH = 200
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

export type RecordedEvent = { action: string; subjectKind: string; subjectId: string; data: unknown }
export type Names = ReadonlyMap<string, AuditName>

/** What an event speaks of by id, so that all names of a page are looked up at once. */
export function thingsOf({ subjectKind, subjectId, data }: RecordedEvent): NamedId[] {
  const named = entriesOf(data).flatMap(([key, value]): NamedId[] => {
    const kind = THING_OF_KEY[key]
    return kind !== undefined && typeof value === 'string' ? [{ kind, id: value }] : []
  })
  return [{ kind: subjectKind, id: subjectId }, ...named]
}

/** A thing with its name; an entry of the catalog has its own in its id. */
export function toThing<Kind extends ThingKind>(kind: Kind, id: string, names: Names): AuditThing & { kind: Kind } {
  const own = kind === 'catalog_entry' ? id.slice(id.indexOf(':') + 1) : null
  return { kind, id, name: own === null ? (names.get(nameKey({ kind, id })) ?? null) : { zh: own, en: own } }
}

/** An event's data as a flat list of names and values. What only says the subject again is left out. */
export function detailsOf(event: RecordedEvent, names: Names): AuditDetail[] {
  return entriesOf(event.data).flatMap(([key, value]): AuditDetail[] => {
    if (value === null || value === '' || UNSHOWN_KEYS.includes(key) || value === event.subjectId) return []
    const name = NAME_OF_KEY[`${event.action}.${key}`] ?? key
    if (key !== 'changed') return [{ key: name, value: toValue(key, value, { event, names }) }]
    return entriesOf(value).flatMap((change) => toChange(change, { event, names }))
  })
}

type Context = { event: RecordedEvent; names: Names }

function toChange([key, change]: [string, unknown], context: Context): AuditDetail[] {
  if (!isRecord(change)) return []
  const side = (value: unknown) =>
    value === null || value === undefined || value === '' ? null : toValue(key, value, context)
  return [{ key, value: { kind: 'change', from: side(change.from), to: side(change.to) } }]
}

function toValue(key: string, value: unknown, context: Context): AuditValue {
  if (Array.isArray(value)) return { kind: 'list', values: value.map((one) => toValue(key, one, context)) }
  if (typeof value === 'boolean') return { kind: 'yes', yes: value }
  if (typeof value === 'number') {
    return CREDIT_KEYS.includes(key) ? { kind: 'credit', hundredths: value } : { kind: 'number', number: value }
  }
  if (typeof value !== 'string') return { kind: 'text', text: cut(JSON.stringify(value)) }
  const thing = THING_OF_KEY[key]
  if (thing !== undefined) return { kind: 'thing', thing: toThing(thing, value, context.names) }
  const message = MESSAGE_OF_KEY[`${context.event.action}.${key}`] ?? MESSAGE_OF_KEY[key]
  if (message !== undefined) return { kind: 'word', code: value, message: message.replace('*', value) }
  if (CHECKSUM_KEYS.includes(key)) return { kind: 'checksum', text: value }
  if (INSTANT.test(value)) return { kind: 'moment', at: new Date(value) }
  if (key === 'platform' && isPlatform(value)) return { kind: 'text', text: platformName(value) }
  return { kind: 'text', text: cut(value) }
}

function cut(text: string): string {
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text
}

function entriesOf(data: unknown): [string, unknown][] {
  return isRecord(data) ? Object.entries(data) : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
