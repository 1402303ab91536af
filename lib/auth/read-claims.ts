import { z } from 'zod'
import type { OidcSettings } from '@/lib/auth/connection-settings'
import { ROLES, type Role } from '@/lib/domain/actor'
import { readMemberNumber, tidyText } from '@/lib/domain/member-number'

/** What a university's sign-in said about somebody. */
export type SignInClaims = {
  subject: string
  /** 学号 or staff number as text; null where the sign-in gives none that can be used. */
  number: string | null
  name: string
  /** null: the sign-in does not speak of roles, so none are added or taken away. */
  roles: readonly Role[] | null
  department: string
  programme: string
  className: string
  email: string
}

export const signInClaims = z.object({
  subject: z.string(),
  number: z.string().nullable(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)).readonly().nullable(),
  department: z.string(),
  programme: z.string(),
  className: z.string(),
  email: z.string(),
})

const subject = z.string().min(1).max(255)
// A number given as a JSON number has lost its leading zeros: only text is taken.
const number = z.string().transform(readMemberNumber)
// Characters that nobody sees would make a second college of the one that the roster names.
const text = z
  .string()
  .transform((said) => tidyText(said.replace(/[\p{Cc}\p{Cf}]/gu, '')))
  .pipe(z.string().max(200))
const listed = z.union([z.array(z.unknown()), z.string().transform((one) => one.split(/[\s,;]+/))])

/**
 * Reads the claims of a proven ID token by the university's settings.
 * @returns null when it names no subject: then it proves nobody
 */
export function readClaims(raw: Readonly<Record<string, unknown>>, settings: OidcSettings): SignInClaims | null {
  const { claims } = settings
  const sub = subject.safeParse(raw.sub)
  if (!sub.success) return null
  const textOf = (name: string) => text.safeParse(raw[name]).data ?? ''
  return {
    subject: sub.data,
    number: number.safeParse(raw[claims.number]).data ?? null,
    name: textOf(claims.name),
    roles: readRoles(raw[claims.roles], settings),
    department: textOf(claims.department),
    programme: textOf(claims.programme),
    className: textOf(claims.className),
    email: textOf(claims.email),
  }
}

function readRoles(raw: unknown, { roleValues }: OidcSettings): readonly Role[] | null {
  const said = listed.safeParse(raw)
  if (!said.success) return null
  return ROLES.filter((role) => roleValues[role].some((value) => said.data.includes(value)))
}
