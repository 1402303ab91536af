import { Prisma } from './generated/client'

/** Whether a write was refused since a row with the same key is there; `field` narrows it to a column of the key. */
export function isUniqueViolation(error: unknown, field?: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  if (error.code !== 'P2002' && !/23505/.test(messageOf(error))) return false
  return field === undefined || messageOf(error).includes(field)
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const meta = error instanceof Prisma.PrismaClientKnownRequestError ? JSON.stringify(error.meta ?? {}) : ''
  return `${error.message} ${meta}`
}
