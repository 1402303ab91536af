import { randomUUID } from 'node:crypto'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import { escapeHtml, PAGE_HEADERS, renderMessagePage, renderPage } from './http/page'
import { Router } from './http/router'
import type { Handler, SandboxPart } from './http/types'
import { type ParsedMail, parseMail } from './mail/parse-mail'

const KEPT_MAILS = 500
const MAX_MAIL_BYTES = 5 * 1024 * 1024

export type KeptMail = ParsedMail & {
  id: string
  receivedAt: string
  /** As the envelope says, whatever the headers claim. */
  envelopeFrom: string
  envelopeTo: readonly string[]
}

/** What arrived, newest first; the oldest fall out. */
export class Mailbox {
  #mails: KeptMail[] = []

  add(mail: KeptMail): void {
    this.#mails = [mail, ...this.#mails].slice(0, KEPT_MAILS)
  }

  /** All, or those to an address. */
  list(to: string | null = null): readonly KeptMail[] {
    const wanted = to?.toLowerCase()
    return this.#mails.filter(
      (mail) => wanted === undefined || mail.envelopeTo.some((address) => address.toLowerCase() === wanted),
    )
  }

  find(id: string): KeptMail | null {
    return this.#mails.find((mail) => mail.id === id) ?? null
  }

  clear(): void {
    this.#mails = []
  }
}

export type MailServer = { port: number; mailbox: Mailbox; close: () => Promise<void> }

/** A mail server on loopback that takes everything and sends nothing on. Port 0 takes a free one. */
export async function startMailServer(port: number, mailbox = new Mailbox()): Promise<MailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAX_MAIL_BYTES,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anybody' }),
    onData: (stream, session, callback) => {
      readMail(stream).then(
        (raw) => {
          if (stream.sizeExceeded) return callback(new Error('message is too large'))
          const { mailFrom, rcptTo } = session.envelope
          mailbox.add({
            ...parseMail(raw),
            id: randomUUID(),
            receivedAt: new Date().toISOString(),
            envelopeFrom: mailFrom === false ? '' : mailFrom.address,
            envelopeTo: rcptTo.map(({ address }) => address),
          })
          callback()
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error('unreadable message')),
      )
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  server.on('error', (error) => console.error('sandbox mail:', error.message))
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    mailbox,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** `/_sandbox/mail`: HTML for people, JSON for `Accept: application/json` or `?format=json`; `?to=ADDRESS` picks. */
export function createMailPart(mailbox: Mailbox): SandboxPart {
  const router = new Router()
    .get('/', listMails(mailbox))
    .get('/:id', showMail(mailbox))
    .delete('/', () => {
      mailbox.clear()
      return { status: 204 }
    })
  return { prefix: '/_sandbox/mail', handle: router.handle }
}

function listMails(mailbox: Mailbox): Handler {
  return (request) => {
    const mails = mailbox.list(request.query.get('to'))
    if (wantsJson(request.headers.accept, request.query)) return { status: 200, body: { mails } }
    const items = mails.map(
      (mail) =>
        `<li><a href="/_sandbox/mail/${mail.id}">${escapeHtml(mail.subject || '(no subject)')}</a> · ${escapeHtml(mail.envelopeTo.join(', '))} · ${mail.receivedAt}</li>`,
    )
    const list = items.length === 0 ? '<p>No mail yet.</p>' : `<ul>${items.join('')}</ul>`
    return { status: 200, headers: PAGE_HEADERS, body: renderPage('en', 'Mail', `<h1>Mail</h1>${list}`) }
  }
}

function showMail(mailbox: Mailbox): Handler {
  return (request) => {
    const mail = mailbox.find(request.params.id ?? '')
    if (mail === null) {
      return { status: 404, headers: PAGE_HEADERS, body: renderMessagePage('en', 'Mail', 'This mail is not here.') }
    }
    if (wantsJson(request.headers.accept, request.query)) return { status: 200, body: mail }
    const text = mail.text || mail.html || ''
    const body = `<h1>${escapeHtml(mail.subject)}</h1><p>${escapeHtml(`${mail.from} → ${mail.to}`)}</p><pre>${escapeHtml(text)}</pre>`
    return { status: 200, headers: PAGE_HEADERS, body: renderPage('en', mail.subject, body) }
  }
}

function wantsJson(accept: string | undefined, query: URLSearchParams): boolean {
  return query.get('format') === 'json' || (accept?.includes('application/json') ?? false)
}

async function readMail(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const part = Buffer.from(chunk)
    bytes += part.length
    // The rest is read and dropped: the server answers only once the message has ended.
    if (bytes <= MAX_MAIL_BYTES) chunks.push(part)
  }
  return Buffer.concat(chunks)
}
