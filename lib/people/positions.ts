import { z } from 'zod'
import { AppError } from '@/lib/domain/errors'
import { parseKeyset } from '@/lib/domain/keyset'

const moment = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()])
const text = z.tuple([z.string()])

/** Where a list by time and id goes on. @throws AppError invalid `bad_cursor` */
export function momentPosition(cursor: string | null): { at: Date; id: string } | null {
  if (cursor === null) return null
  const read = moment.safeParse(parseKeyset(cursor, 2))
  if (!read.success) throw new AppError('invalid', 'bad_cursor')
  return { at: read.data[0], id: read.data[1] }
}

/** Where a list by one text goes on. @throws AppError invalid `bad_cursor` */
export function textPosition(cursor: string | null): string | null {
  if (cursor === null) return null
  const read = text.safeParse(parseKeyset(cursor, 1))
  if (!read.success) throw new AppError('invalid', 'bad_cursor')
  return read.data[0]
}
