import { z } from 'zod'
import { AppError } from '@/lib/domain/errors'
import { parseKeyset } from '@/lib/domain/keyset'

const text = z.tuple([z.string()])

/** Where a list by one text goes on. @throws AppError invalid `bad_cursor` */
export function textPosition(cursor: string | null): string | null {
  if (cursor === null) return null
  const read = text.safeParse(parseKeyset(cursor, 1))
  if (!read.success) throw new AppError('invalid', 'bad_cursor')
  return read.data[0]
}
