import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOURS = 256

type Pixels = { width: number; height: number; channels: number; bytes: Buffer }

/** The same picture with at most 256 colours: a screen has few, and the file is a third as large. */
export function shrinkPng(png: Buffer): Buffer {
  const { width, height, channels, bytes } = readPixels(png)
  const colours = new Uint32Array(width * height)
  const counts = new Map<number, number>()
  for (let index = 0; index < colours.length; index += 1) {
    const colour = bytes.readUIntBE(index * channels, 3)
    colours[index] = colour
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const byUse = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  const palette = byUse.slice(0, COLOURS)
  const place = new Map(byUse.map((colour) => [colour, nearest(palette, colour)]))
  const rows = Buffer.alloc((width + 1) * height)
  for (const [index, colour] of colours.entries()) {
    rows[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = place.get(colour) ?? 0
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // 8 bits, by palette; the rest is the only method there is.
  header.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const data = deflateSync(rows, { level: 9 })
  const parts = [chunk('IHDR', header), chunk('PLTE', table), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([SIGNATURE, ...parts])
}

function nearest(palette: readonly number[], colour: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, candidate] of palette.entries()) {
    const red = (candidate >> 16) - (colour >> 16)
    const green = ((candidate >> 8) & 255) - ((colour >> 8) & 255)
    const blue = (candidate & 255) - (colour & 255)
    const distance = red * red + green * green + blue * blue
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** Reads what Chromium writes: 8 bits a channel, not interlaced. */
function readPixels(png: Buffer): Pixels {
  let [width, height, channels] = [0, 0, 3]
  const data: Buffer[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      ;[width, height, channels] = [body.readUInt32BE(0), body.readUInt32BE(4), body[9] === 6 ? 4 : 3]
    }
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  return { width, height, channels, bytes: unfilter(inflateSync(Buffer.concat(data)), width * channels, channels) }
}

/** Each row says by which of its neighbours it was predicted (PNG, section 9). */
function unfilter(raw: Buffer, rowLength: number, channels: number): Buffer {
  const height = raw.length / (rowLength + 1)
  const bytes = Buffer.alloc(height * rowLength)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (rowLength + 1)]
    for (let x = 0; x < rowLength; x += 1) {
      const at = y * rowLength + x
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0)
      const up = y === 0 ? 0 : (bytes[at - rowLength] ?? 0)
      const corner = x < channels || y === 0 ? 0 : (bytes[at - rowLength - channels] ?? 0)
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      bytes[at] = (raw[y * (rowLength + 1) + 1 + x] ?? 0) + predicted
    }
  }
  return bytes
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
