import type { Role } from '@/lib/domain/actor'

const HOMES: Record<Role, string> = { student: '/home', reviewer: '/review', admin: '/admin' }

/** The first page of somebody with these roles; who has none reads the rules. */
export function homePathFor(roles: readonly Role[]): string {
  const first = roles[0]
  return first === undefined ? '/policy' : HOMES[first]
}
