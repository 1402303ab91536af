import * as z from 'zod'

export type FormLimits = {
  maxFields: number
  /** Characters of all texts together. */
  maxTextLength: number
  /** Bytes of one file; 0 takes none. */
  maxFileBytes: number
}

export const DEFAULT_FORM_LIMITS: FormLimits = { maxFields: 1000, maxTextLength: 200_000, maxFileBytes: 0 }

/** `field` is the name in the form, empty where the form as a whole is meant; `code` is put into words by errors.field. */
export type FieldIssue = { field: string; code: string; details: Record<string, number> }

export type ParsedForm<Value> = { ok: true; value: Value } | { ok: false; issues: readonly FieldIssue[] }

type Tree = { [key: string]: unknown }

const MAX_DEPTH = 3
const UNSAFE_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** What is under optional, default, nullable and transforms. */
function unwrap(schema: unknown): unknown {
  let inner = schema
  for (;;) {
    if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault) {
      inner = inner.unwrap()
    } else if (inner instanceof z.ZodPipe) inner = inner.in
    else return inner
  }
}

function schemaAt(schema: unknown, path: readonly string[]): unknown {
  const inner = unwrap(schema)
  const [head, ...rest] = path
  if (head === undefined) return inner
  if (inner instanceof z.ZodObject) return schemaAt(inner.shape[head], rest)
  if (inner instanceof z.ZodRecord) return schemaAt(inner.valueType, rest)
  return undefined
}

/** Sets a value under a dotted name; false where the name is no place for it. */
function place(tree: Tree, path: readonly string[], value: unknown): boolean {
  let node = tree
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(node, key) ? node[key] : undefined
    if (next !== undefined && (typeof next !== 'object' || next === null || Array.isArray(next))) return false
    const child: Tree = next === undefined ? {} : { ...next }
    node[key] = child
    node = child
  }
  const last = path.at(-1)
  if (last === undefined || Object.hasOwn(node, last)) return false
  node[last] = value
  return true
}

function namesOf(data: FormData): string[] {
  // React adds fields of its own to a form that is sent without script.
  return [...new Set(data.keys())].filter((name) => !name.startsWith('$ACTION'))
}

const formIssue = (code: string, details: Record<string, number> = {}): FieldIssue => ({ field: '', code, details })

function checkLimits(data: FormData, names: readonly string[], limits: FormLimits): FieldIssue[] {
  let textLength = 0
  let fields = 0
  const issues: FieldIssue[] = []
  for (const name of names) {
    for (const value of data.getAll(name)) {
      fields += 1
      textLength += name.length
      if (typeof value === 'string') {
        textLength += value.length
        // PostgreSQL text holds no NUL.
        if (value.includes('\u0000')) issues.push({ field: name, code: 'invalid_characters', details: {} })
      } else if (value.size > limits.maxFileBytes) {
        const code = limits.maxFileBytes === 0 ? 'file_not_expected' : 'file_too_large'
        issues.push({ field: name, code, details: { maxMegabytes: Math.floor(limits.maxFileBytes / 1_048_576) } })
      }
    }
  }
  if (fields > limits.maxFields || textLength > limits.maxTextLength) return [formIssue('form_too_large')]
  return issues
}

function toTree(schema: z.ZodObject, data: FormData, names: readonly string[]): Tree | null {
  const tree: Tree = {}
  for (const name of names) {
    const path = name.split('.')
    if (path.length > MAX_DEPTH || path.some((key) => key === '' || UNSAFE_KEYS.has(key))) return null
    const values = data
      .getAll(name)
      // A file field left empty is sent as a file without name and content.
      .filter((value) => typeof value === 'string' || value.name !== '' || value.size > 0)
      .map((value) => (typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value))
    if (values.length === 0) continue
    const isList = schemaAt(schema, path) instanceof z.ZodArray
    if (!place(tree, path, isList || values.length > 1 ? values : values[0])) return null
  }
  return tree
}

const SIZE_CODES = { too_small: 'too_short', too_big: 'too_long' } as const

function sizeIssue(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Omit<FieldIssue, 'field'> {
  const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum)
  if (issue.code === 'too_small' && issue.origin === 'string' && limit === 1) return { code: 'required', details: {} }
  if (issue.code === 'too_small' && issue.origin === 'array' && limit === 1) return { code: 'choose_one', details: {} }
  const code = issue.origin === 'string' ? SIZE_CODES[issue.code] : issue.code
  return { code, details: { limit } }
}

/** The name in the form: a list is one field, whichever of its values is wrong. */
function fieldOf(path: readonly PropertyKey[]): string {
  const names = path.map(String)
  while (/^\d+$/.test(names.at(-1) ?? '') && names.length > 1) names.pop()
  return names.join('.')
}

function toFieldIssue(issue: z.core.$ZodIssue): FieldIssue {
  const field = fieldOf(issue.path)
  // A schema may name its own code as the message: z.string().min(1, 'statement_missing').
  if (/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(issue.message)) return { field, code: issue.message, details: {} }
  if (issue.code === 'unrecognized_keys') return formIssue('unknown_fields')
  if (issue.code === 'too_small' || issue.code === 'too_big') return { field, ...sizeIssue(issue) }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return { field, code: issue.expected === 'array' ? 'choose_one' : 'required', details: {} }
  }
  if (issue.code === 'invalid_value') return { field, code: 'invalid_choice', details: {} }
  return { field, code: 'invalid_format', details: {} }
}

/**
 * Reads a form by its schema. `a.b` names a part of a group or a record, a name sent several times fills an
 * array. Fields that the schema does not know, and more than the limits allow, are refused.
 */
export function parseForm<Schema extends z.ZodObject>(
  schema: Schema,
  data: FormData,
  limits: FormLimits = DEFAULT_FORM_LIMITS,
): ParsedForm<z.output<Schema>> {
  const names = namesOf(data)
  const beyond = checkLimits(data, names, limits)
  if (beyond.length > 0) return { ok: false, issues: beyond }
  const tree = toTree(schema, data, names)
  if (tree === null) return { ok: false, issues: [formIssue('unknown_fields')] }
  if (Object.keys(tree).some((key) => !Object.hasOwn(schema.shape, key))) {
    return { ok: false, issues: [formIssue('unknown_fields')] }
  }
  const parsed = schema.safeParse(tree, { reportInput: true })
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, issues: parsed.error.issues.map(toFieldIssue) }
}

/** What was typed, to be shown again: texts only, nothing secret, not without end. */
export function typedValues(data: FormData): Record<string, readonly string[]> {
  const typed: Record<string, readonly string[]> = {}
  for (const name of namesOf(data)) {
    if (/password|secret|token/i.test(name)) continue
    typed[name] = data
      .getAll(name)
      .flatMap((value) => (typeof value === 'string' && value.length <= 20_000 ? [value] : []))
  }
  return typed
}
