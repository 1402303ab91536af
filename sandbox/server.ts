import { createServer, type Server } from 'node:http'
import { createControlPart } from './http/control'
import { Faults } from './http/faults'
import { RequestLog } from './http/request-log'
import { serveRequest } from './http/serve'
import type { SandboxContext, SandboxPart } from './http/types'
import { createMailPart, type Mailbox, startMailServer } from './mail'
import type { SandboxOptions } from './options'
import { createContext } from './options'
import { createSandboxParts } from './parts'

export type RunningSandbox = {
  origin: string
  context: SandboxContext
  log: RequestLog
  faults: Faults
  mailbox: Mailbox
  /** Port of the mail server. */
  mailPort: number
  close(): Promise<void>
}

/** Starts the whole sandbox on loopback. Port 0 takes a free one. */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const log = new RequestLog()
  const faults = new Faults()
  const server = createServer()
  const port = await listen(server, options.port ?? 4000)
  const origin = `http://127.0.0.1:${port}`
  const context = createContext(origin, options)
  const mail = await startMailServer(options.mailPort ?? 0)
  const parts: SandboxPart[] = [
    createControlPart({ context, log, faults }),
    createMailPart(mail.mailbox),
    ...(await createSandboxParts(context)),
  ]
  server.on('request', (incoming, outgoing) => {
    serveRequest({ origin, parts, log, faults }, incoming, outgoing).catch((error: unknown) => {
      console.error('sandbox:', error)
      if (!outgoing.headersSent) outgoing.writeHead(500)
      outgoing.end()
    })
  })
  const { mailbox, port: mailPort } = mail
  const closeAll = async (): Promise<void> => {
    await Promise.all([close(server), mail.close()])
  }
  return { origin, context, log, faults, mailbox, mailPort, close: closeAll }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
