import { createHash } from 'node:crypto'

/** What a university's sign-in says about somebody: the roles that the claim `roles` carries. */
export type IdentityRole = 'student' | 'reviewer' | 'admin'

/** One person as one university knows them. The same human at two universities is two of these with one `key`. */
export type IdentityPerson = {
  /** Stable name of the human in the sandbox's world, for example `lin-xiaoyu`. */
  key: string
  name: string
  /** 学号 or staff number: text, leading zeros kept. */
  number: string
  department: string
  programme: string | null
  className: string | null
  email: string
  roles: readonly IdentityRole[]
  locale: string
  /** Shown first on the sign-in page. */
  main: boolean
}

/** The subject is opaque and pairwise: the same human gets another one at each university, and it never changes. */
export function subjectOf(slug: string, key: string): string {
  return createHash('sha256').update(`sandbox-subject:${slug}:${key}`).digest('base64url').slice(0, 32)
}

/** Finds people by what somebody would type: a part of the name, the number, the key or the department. */
export function searchPeople(people: readonly IdentityPerson[], query: string): IdentityPerson[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return []
  return people.filter((person) =>
    [person.name, person.number, person.key, person.department].some((text) => text.toLowerCase().includes(wanted)),
  )
}
