import { createServer } from 'node:http'
import { seal } from '@/lib/config/sealing'
import { connectionSealContext } from '@/lib/db/university-connections'
import { createIdentityParts } from '@/sandbox/identity/part'
import type { TestWorld } from '@/tests/factories'

export type RunningProviders = {
  origin: string
  /** Sets the university's sign-in up, at the sandbox's issuer of that slug. */
  connect: (world: TestWorld, university: { universityId: string; slug: string }) => Promise<void>
  close: () => void
}

/** The sandbox's university sign-ins alone, over HTTP on a free port. */
export async function startIdentityProviders(): Promise<RunningProviders> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const parts = createIdentityParts({
    origin,
    now: () => new Date(),
    tokenSecret: 'test',
    clients: { github: [], gitee: [], gitcode: [], huggingface: [] },
    gitcodeLimits: { perMinute: 50, perHour: 4000 },
    get world(): never {
      throw new Error('the sign-in needs no world')
    },
  })
  server.on('request', (request, response) => {
    const part = parts.find(({ prefix }) => request.url?.startsWith(`${prefix}/`))
    if (part && 'listen' in part) part.listen(request, response)
    else response.writeHead(404).end()
  })
  return {
    origin,
    connect: async ({ db }, { universityId, slug }) => {
      const secret = `sandbox-${slug}-secret`
      await db.universityConnection.create({
        data: {
          universityId,
          kind: 'oidc',
          settings: { issuer: `${origin}/sso/${slug}`, clientId: `yuanfen-${slug}` },
          secretSealed: seal(secret, connectionSealContext({ universityId, kind: 'oidc' })),
        },
      })
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
