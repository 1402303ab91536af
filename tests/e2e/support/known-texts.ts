import { z } from 'zod'
import { askDatabase } from '@/tests/e2e/support/stack-database'

/** The name of the product is the same in both languages. */
const BRAND = ['源分']

let known: Promise<readonly string[]> | undefined

/** Chinese that people, registrars and platforms wrote: it is shown as it is in every language. Longest first. */
export function listKnownTexts(): Promise<readonly string[]> {
  known ??= collect()
  return known
}

async function collect(): Promise<readonly string[]> {
  const rows = await askDatabase(
    `select name as text from member
     union select name from department
     union select programme from member
     union select class_name from member
     union select title from contribution
     union select statement from claim
     union select comment from decision
     union select name_zh from university
     union select reason from catalog_entry
     union select reason from university_catalog_entry
     union select why from catalog_nomination
     union select decision_reason from catalog_nomination
     union select reason from sync_pause
     union select file_name from roster_import
     union select file_name from catalog_import
     union select line -> 'word' ->> 'reason' from catalog_import, jsonb_array_elements(rows) line
     union select problem ->> 'value' from catalog_import, jsonb_array_elements(problems) problem`,
    [],
  )
  const texts = rows.flatMap(({ text }) => z.string().min(1).safeParse(text).data ?? [])
  return [...texts, ...BRAND, '沐春风'].toSorted((a, b) => b.length - a.length)
}
