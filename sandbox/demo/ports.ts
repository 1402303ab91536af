import { createServer } from 'node:net'

/** Whether nobody listens on a port of this machine, by either protocol version. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::1', '0.0.0.0']) {
    if ((await tryListen(port, host)) === 'EADDRINUSE') return false
  }
  return true
}

function tryListen(port: number, host: string): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error && typeof error.code === 'string' ? error.code : 'error'))
    server.listen(port, host, () => server.close(() => resolve('free')))
  })
}

/** @throws Error that says which variable to set */
export async function requireFreePort(port: number, variable: string): Promise<void> {
  if (await isPortFree(port)) return
  throw new Error(`Port ${port} is in use. End what uses it, or choose another: ${variable}=${port + 10} npm run demo`)
}

/** A port from the environment. @throws Error where it is not one */
export function portFromEnvironment(variable: string, otherwise: number): number {
  const text = process.env[variable]
  if (text === undefined || text === '') return otherwise
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${variable} should be a port number from 1 to 65535`)
}
