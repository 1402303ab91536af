import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { auditEventSchemas, SUBJECT_KINDS } from '@/lib/domain/audit-event'
import { LOCALES } from '@/lib/i18n/locales'
import { MESSAGE_OF_KEY, NAME_OF_KEY, UNSHOWN_KEYS } from './detail-kinds'

const messages = z.looseObject({
  action: z.record(z.string(), z.record(z.string(), z.string())),
  subject: z.record(z.string(), z.string()),
  detail: z.record(z.string(), z.string()),
})
const read = (locale: string, namespace: string): unknown =>
  JSON.parse(readFileSync(`messages/${locale}/${namespace}.json`, 'utf8'))

const NAMES = Object.entries(auditEventSchemas).flatMap(([action, { shape }]) =>
  Object.keys(shape)
    .filter((key) => key !== 'changed' && !UNSHOWN_KEYS.includes(key))
    .map((key) => NAME_OF_KEY[`${action}.${key}`] ?? key),
)

test.each(LOCALES)('every event, what it is on, and all of its data have words in %s', (locale) => {
  const { action, subject, detail } = messages.parse(read(locale, 'audit'))
  const actions = Object.entries(action).flatMap(([area, words]) => Object.keys(words).map((word) => `${area}.${word}`))
  expect(actions.toSorted()).toEqual(Object.keys(auditEventSchemas).toSorted())
  expect(Object.keys(subject).toSorted()).toEqual(SUBJECT_KINDS.toSorted())
  expect(NAMES.filter((name) => detail[name] === undefined)).toEqual([])
})

test.each(LOCALES)('the words of codes are where they are said to be, in %s', (locale) => {
  const missing = Object.values(MESSAGE_OF_KEY).filter((message) => {
    const [namespace = '', ...path] = message.slice(0, message.indexOf('.*')).split('.')
    let group = read(locale, namespace)
    for (const part of path) group = z.record(z.string(), z.unknown()).parse(group)[part]
    return typeof group !== 'object' || group === null
  })
  expect(missing).toEqual([])
})
