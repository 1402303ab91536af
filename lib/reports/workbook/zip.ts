import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'

/** A file in the archive: its text, all at once or some at a time as it is made. */
export type ZipPart = { path: string; text: string | AsyncIterable<readonly string[]> }

/** Texts go to the compressor put together: small pieces cost more on the way than in it. */
const CHUNK_BYTES = 64 * 1024
/** What a UTF-16 unit is in UTF-8, at most. */
const BYTES_A_UNIT = 3

/** Sizes and checksum of a part are known once it has gone by, and follow it. */
const DESCRIPTOR_FOLLOWS = 0x08
const DEFLATED = 8
/** Of the format that a reader must know. */
const VERSION = 20
/** 1980-01-01: the same parts are the same bytes, whenever they are written. */
const NO_DATE = 0x21
const MAX_BYTES = 0xffff_ffff

type Written = { path: string; offset: number; crc: number; packed: number; plain: number }

/**
 * A ZIP archive (APPNOTE 6.3) in pieces, each part compressed while it is made. Nothing is held but a line of the table of
 * contents for each part.
 * @throws RangeError where a part or the archive is larger than the plain format can say (4 GiB)
 */
export async function* zip(parts: Iterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  for (const { path, text } of parts) {
    const part: Written = { path, offset, crc: 0, packed: 0, plain: 0 }
    const head = localHeader(path)
    yield head
    for await (const piece of deflated(text, part)) yield piece
    yield descriptor(part)
    offset += head.length + part.packed + 16
    if (Math.max(part.plain, offset) > MAX_BYTES) throw new RangeError(`${path} is larger than a ZIP archive can say`)
    written.push(part)
  }
  const contents = Buffer.concat(written.map(contentsLine))
  yield Buffer.concat([contents, endRecord(written.length, contents.length, offset)])
}

/** The compressor works beside the maker of the text; one that fails ends the other. */
async function* deflated(text: ZipPart['text'], part: Written): AsyncGenerator<Buffer> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of inChunks(typeof text === 'string' ? [[text]] : text)) {
      part.crc = crc32(chunk, part.crc)
      part.plain += chunk.length
      yield chunk
    }
  }
  const deflate = createDeflateRaw({ chunkSize: CHUNK_BYTES })
  const filling = fill(deflate, counted())
  // It is told when the compressor is read; until then it is nobody's.
  filling.catch((error) => deflate.destroy(error))
  for await (const piece of deflate) {
    const packed: Buffer = piece
    part.packed += packed.length
    yield packed
  }
  await filling
}

/** A chunk is written into again once the compressor is done with it: the next one is filled meanwhile. */
async function fill(deflate: DeflateRaw, chunks: AsyncIterable<Buffer>): Promise<void> {
  const gone = new Promise<never>((_, reject) => deflate.once('close', () => reject(new Error('nobody reads on'))))
  gone.catch(() => {})
  let taken: Promise<void> = Promise.resolve()
  for await (const chunk of chunks) {
    await Promise.race([taken, gone])
    taken = new Promise((resolve, reject) => {
      deflate.write(chunk, (error) => (error ? reject(error) : resolve()))
    })
    taken.catch(() => {})
  }
  await Promise.race([taken, gone])
  deflate.end()
}

/** Written straight into the chunk that goes out: of a million rows none is put together as a text first. */
async function* inChunks(texts: AsyncIterable<readonly string[]> | readonly string[][]): AsyncGenerator<Buffer> {
  let [chunk, other] = [Buffer.allocUnsafe(CHUNK_BYTES), Buffer.allocUnsafe(CHUNK_BYTES)]
  let used = 0
  for await (const some of texts) {
    for (const text of some) {
      const room = text.length * BYTES_A_UNIT
      if (used + room > chunk.length) {
        if (used > 0) yield chunk.subarray(0, used)
        ;[chunk, other] = [other.length < room ? Buffer.allocUnsafe(room) : other, chunk]
        used = 0
      }
      used += chunk.write(text, used, 'utf8')
    }
  }
  if (used > 0) yield chunk.subarray(0, used)
}

function localHeader(path: string): Buffer {
  const name = Buffer.from(path, 'utf8')
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x0403_4b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(DESCRIPTOR_FOLLOWS, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(NO_DATE, 12)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, name])
}

function descriptor({ crc, packed, plain }: Written): Buffer {
  const record = Buffer.alloc(16)
  record.writeUInt32LE(0x0807_4b50, 0)
  record.writeUInt32LE(crc, 4)
  record.writeUInt32LE(packed, 8)
  record.writeUInt32LE(plain, 12)
  return record
}

function contentsLine({ path, offset, crc, packed, plain }: Written): Buffer {
  const name = Buffer.from(path, 'utf8')
  const line = Buffer.alloc(46)
  line.writeUInt32LE(0x0201_4b50, 0)
  line.writeUInt16LE(VERSION, 4)
  line.writeUInt16LE(VERSION, 6)
  line.writeUInt16LE(DESCRIPTOR_FOLLOWS, 8)
  line.writeUInt16LE(DEFLATED, 10)
  line.writeUInt16LE(NO_DATE, 14)
  line.writeUInt32LE(crc, 16)
  line.writeUInt32LE(packed, 20)
  line.writeUInt32LE(plain, 24)
  line.writeUInt16LE(name.length, 28)
  line.writeUInt32LE(offset, 42)
  return Buffer.concat([line, name])
}

function endRecord(parts: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x0605_4b50, 0)
  record.writeUInt16LE(parts, 8)
  record.writeUInt16LE(parts, 10)
  record.writeUInt32LE(bytes, 12)
  record.writeUInt32LE(offset, 16)
  return record
}
