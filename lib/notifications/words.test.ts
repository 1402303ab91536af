import { readFileSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { notificationSchemas } from '@/lib/domain/notification'
import { LOCALES } from '@/lib/i18n/locales'

const words = z.object({ codes: z.record(z.string(), z.string()) })

test.each(LOCALES)('every notification has words in %s that its data fills', (locale) => {
  const file = JSON.parse(readFileSync(`messages/${locale}/notifications.json`, 'utf8'))
  const { codes } = words.parse(file)
  expect(Object.keys(codes).toSorted()).toEqual(Object.keys(notificationSchemas).toSorted())
  for (const [code, schema] of Object.entries(notificationSchemas)) {
    const data = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, key === 'items' ? 2 : 'x']))
    const errors: unknown[] = []
    const filled = createTranslator({
      locale,
      messages: { codes },
      namespace: 'codes',
      onError: (error) => errors.push(error),
    })(code, { ...data, credit: '1.00', term: 'x' })
    expect(errors).toEqual([])
    expect(filled).not.toContain('{')
  }
})
