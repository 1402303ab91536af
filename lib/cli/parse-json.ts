import { z } from 'zod'

/** What an option holds as JSON; what cannot be read is named by the option. */
export function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new z.ZodError([{ code: 'custom', path: [option], message: 'is not JSON', input: text }])
  }
}
