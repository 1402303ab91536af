import { z } from 'zod'
import { AppError } from './errors'
import { encodeKeyset, parseKeyset } from './keyset'

/** Where a list that is ordered by time, then id, goes on. */
export type MomentPosition = { at: Date; id: string }

const moment = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()])

/** The cursor that the next page takes. */
export function encodeMoment({ at, id }: MomentPosition): string {
  return encodeKeyset([at.toISOString(), id])
}

/** Reads a cursor that came back; null stands for the first page. @throws AppError invalid `bad_cursor` */
export function parseMoment(cursor: string | null | undefined): MomentPosition | null {
  if (cursor === null || cursor === undefined) return null
  const read = moment.safeParse(parseKeyset(cursor, 2))
  if (!read.success) throw new AppError('invalid', 'bad_cursor')
  return { at: read.data[0], id: read.data[1] }
}
