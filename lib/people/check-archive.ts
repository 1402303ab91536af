import { AppError } from '@/lib/domain/errors'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const MAX_COMMENT_BYTES = 65_535
const HAS_DESCRIPTOR = 8
/** Nothing at all, packed. */
const EMPTY_PACKED_BYTES = 2

/** 20,000 rows are about 10 MB of XML. */
const MAX_UNPACKED_BYTES = 32 * 1_048_576
const MAX_ENTRIES = 500

/**
 * Refuses an xlsx (a ZIP archive) that would unpack to more than it may, before anything is unpacked. The reader holds
 * each entry to the size that the directory declares, so the declared sizes are what can come out: an entry that
 * declares none is refused too.
 * @throws AppError invalid `roster_file_unreadable`, `roster_file_unpacks_too_large`
 */
export function checkArchive(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOfDirectory(view)
  const count = view.getUint16(end + 10, true)
  if (count > MAX_ENTRIES) throw new AppError('invalid', 'roster_file_unpacks_too_large')
  let at = view.getUint32(end + 16, true)
  let unpacked = 0
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw unreadable()
    const packedSize = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    // Sizes that stand elsewhere (a descriptor after the data) are somebody's who hides them: writers state them here.
    const isElsewhere = packedSize === 0 && (view.getUint16(at + 8, true) & HAS_DESCRIPTOR) !== 0
    const isDeclared = !isElsewhere && (size > 0 || packedSize === 0 || packedSize === EMPTY_PACKED_BYTES)
    if (!isDeclared) throw unreadable()
    unpacked += size
    if (unpacked > MAX_UNPACKED_BYTES) throw new AppError('invalid', 'roster_file_unpacks_too_large')
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

function endOfDirectory(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES)
  for (let at = view.byteLength - END_BYTES; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at
  }
  throw unreadable()
}

function unreadable(): AppError {
  return new AppError('invalid', 'roster_file_unreadable')
}
