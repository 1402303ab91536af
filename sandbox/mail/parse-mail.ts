export type ParsedMail = {
  subject: string
  from: string
  to: string
  date: string | null
  text: string
  html: string | null
}

type MimePart = { headers: ReadonlyMap<string, string>; body: string }

/** What a person would read of a message: decoded headers, the plain text and the HTML. Attachments are left out. */
export function parseMail(raw: Buffer): ParsedMail {
  // latin1 keeps bytes as they are until the part's own charset is known.
  const message = splitPart(raw.toString('latin1'))
  const parts = leavesOf(message)
  const html = parts.find((part) => typeOf(part).startsWith('text/html'))
  const text = parts.find((part) => typeOf(part).startsWith('text/plain'))
  return {
    subject: decodeWords(message.headers.get('subject') ?? ''),
    from: decodeWords(message.headers.get('from') ?? ''),
    to: decodeWords(message.headers.get('to') ?? ''),
    date: message.headers.get('date') ?? null,
    text: text === undefined ? '' : decodeBody(text),
    html: html === undefined ? null : decodeBody(html),
  }
}

function splitPart(text: string): MimePart {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const headers = new Map<string, string>()
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  return { headers, body: end === null ? '' : text.slice(end.index + end[0].length) }
}

function leavesOf(part: MimePart, depth = 0): MimePart[] {
  const boundary = /^multipart\/.*?boundary="?([^";]+)"?/i.exec(typeOf(part))?.[1]
  if (boundary === undefined || depth > 5) return [part]
  return part.body
    .split(new RegExp(`(?:^|\\r?\\n)--${literal(boundary)}(?:--)?[ \\t]*(?:\\r?\\n|$)`))
    .slice(1)
    .filter((text) => text.trim() !== '')
    .flatMap((text) => leavesOf(splitPart(text), depth + 1))
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}

function typeOf(part: MimePart): string {
  return part.headers.get('content-type') ?? 'text/plain'
}

function decodeBody(part: MimePart): string {
  const encoding = (part.headers.get('content-transfer-encoding') ?? '7bit').toLowerCase()
  const bytes =
    encoding === 'base64'
      ? Buffer.from(part.body, 'base64')
      : Buffer.from(encoding === 'quoted-printable' ? unquote(part.body) : part.body, 'latin1')
  return decodeText(bytes, /charset="?([^";\s]+)"?/i.exec(typeOf(part))?.[1] ?? 'utf-8')
}

/** Encoded words of headers: `=?UTF-8?B?…?=`. Neighbours belong together. */
function decodeWords(text: string): string {
  const utf8 = Buffer.from(text, 'latin1').toString('utf8')
  return utf8
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_word, charset: string, kind: string, data: string) => {
      const isBase64 = kind.toLowerCase() === 'b'
      const bytes = isBase64 ? Buffer.from(data, 'base64') : Buffer.from(unquote(data.replaceAll('_', ' ')), 'latin1')
      return decodeText(bytes, charset)
    })
}

function unquote(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9a-f]{2})/gi, (_code, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
