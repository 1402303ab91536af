import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { DEFAULT_FORM_LIMITS, parseForm, typedValues } from '@/lib/http/form-data'
import { checkbox, optionalText, requiredText, wholeNumber } from '@/lib/http/form-fields'

function form(...fields: [string, string | File][]): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  return data
}

const schema = z.object({
  title: requiredText(5),
  note: optionalText(10),
  agree: checkbox(),
  terms: z
    .array(z.enum(['autumn', 'spring']))
    .min(1)
    .optional(),
  aiUse: z.record(z.string(), z.enum(['none', 'assisted'])).optional(),
  size: wholeNumber({ min: 1, max: 9 }).optional(),
})

const codes = (data: FormData, limits = DEFAULT_FORM_LIMITS) => {
  const parsed = parseForm(schema, data, limits)
  return parsed.ok ? [] : parsed.issues.map((issue) => [issue.field, issue.code])
}

describe('parseForm', () => {
  it('reads texts, boxes, lists, groups and numbers', () => {
    const data = form(
      ['title', ' 标题 '],
      ['note', ''],
      ['agree', 'on'],
      ['terms', 'spring'],
      ['aiUse.c1', 'none'],
      ['aiUse.c2', 'assisted'],
      ['size', '7'],
      ['$ACTION_ID_1', 'x'],
    )
    expect(parseForm(schema, data)).toEqual({
      ok: true,
      value: {
        title: '标题',
        note: null,
        agree: true,
        terms: ['spring'],
        aiUse: { c1: 'none', c2: 'assisted' },
        size: 7,
      },
    })
  })

  it('says what is wrong, field by field', () => {
    expect(codes(form())).toEqual([['title', 'required']])
    expect(codes(form(['title', '  ']))).toEqual([['title', 'required']])
    expect(codes(form(['title', '123456'], ['terms', 'winter']))).toEqual([
      ['title', 'too_long'],
      ['terms', 'invalid_choice'],
    ])
    expect(codes(form(['title', 'a'], ['size', '10']))).toEqual([['size', 'too_big']])
    expect(codes(form(['title', 'a'], ['size', '1e1']))).toEqual([['size', 'invalid_format']])
    expect(codes(form(['title', 'a'], ['title', 'b']))).toEqual([['title', 'invalid_format']])
    expect(codes(form(['title', 'a\u0000']))).toEqual([['title', 'invalid_characters']])
  })

  it('takes the code that a schema names', () => {
    const named = z.object({ statement: z.string().min(1, 'statement_missing') })
    const parsed = parseForm(named, form(['statement', '']))
    expect(parsed).toEqual({ ok: false, issues: [{ field: 'statement', code: 'statement_missing', details: {} }] })
  })

  it.each([
    [
      ['title', 'a'],
      ['role', 'admin'],
    ],
    [
      ['title', 'a'],
      ['__proto__.admin', 'yes'],
    ],
    [
      ['title', 'a'],
      ['constructor', 'x'],
    ],
    [
      ['title', 'a'],
      ['aiUse.__proto__', 'none'],
    ],
    [
      ['title', 'a'],
      ['a.b.c.d', 'x'],
    ],
    [
      ['title', 'a'],
      ['title.x', 'x'],
    ],
  ] satisfies [string, string][][])('refuses fields that nobody asked for: %j', (...fields) => {
    expect(codes(form(...fields))).toEqual([['', 'unknown_fields']])
  })

  it('asks for a choice where a list was left empty', () => {
    const list = z.object({ items: z.array(z.string()).min(1) })
    expect(parseForm(list, form())).toMatchObject({ ok: false, issues: [{ field: 'items', code: 'choose_one' }] })
  })

  it('has limits', () => {
    expect(codes(form(['title', 'x'.repeat(200_001)]))).toEqual([['', 'form_too_large']])
    const many = form(...Array.from({ length: 1001 }, (): [string, string] => ['terms', 'spring']))
    expect(codes(many)).toEqual([['', 'form_too_large']])
    const file = new File(['abc'], 'roster.csv')
    expect(codes(form(['title', 'a'], ['file', file]))).toEqual([['file', 'file_not_expected']])
    expect(codes(form(['title', 'a'], ['file', file]), { ...DEFAULT_FORM_LIMITS, maxFileBytes: 2 })).toEqual([
      ['file', 'file_too_large'],
    ])
  })

  it('treats a file field left empty as absent', () => {
    const upload = z.object({ roster: z.file() })
    const parsed = parseForm(upload, form(['roster', new File([], '')]))
    expect(parsed).toMatchObject({ ok: false, issues: [{ field: 'roster', code: 'required' }] })
  })
})

describe('typedValues', () => {
  it('keeps texts for the next try, but nothing secret, no files, nothing of the framework', () => {
    const data = form(
      ['title', 'a'],
      ['terms', 'x'],
      ['terms', 'y'],
      ['clientSecret', 's'],
      ['$ACTION_KEY', 'k'],
      ['f', new File(['x'], 'f')],
    )
    expect(typedValues(data)).toEqual({ title: ['a'], terms: ['x', 'y'], f: [] })
  })
})
