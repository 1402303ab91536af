import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SandboxContext, SandboxPart } from '../http/types'
import type { IdentityProvider } from '../identity-provider'
import { createIdentityProvider } from '../identity-provider'
import { DEMO_UNIVERSITIES, type DemoPerson, demoPeople, type UniversitySlug } from '../world/demo-people'
import type { IdentityPerson } from './people'
import { appOriginsFrom } from './redirects'

/** Students beyond these are found by search; staff are few and always shown. */
const MAIN_STUDENTS = 6

/** The people of the demo as one university knows them, in the order of the demo. */
export function identityPeople(slug: UniversitySlug, people: readonly DemoPerson[] = demoPeople): IdentityPerson[] {
  let students = 0
  return people.flatMap((person) =>
    person.memberships
      .filter(({ university }) => university === slug)
      .map((membership) => {
        const isStudentOnly = membership.roles.every((role) => role === 'student')
        if (isStudentOnly) students += 1
        return {
          key: person.key,
          name: person.name,
          number: membership.number,
          department: membership.college,
          programme: membership.programme,
          className: membership.className,
          email: membership.email,
          roles: membership.roles,
          locale: 'zh-CN',
          main: !isStudentOnly || students <= MAIN_STUDENTS,
        }
      }),
  )
}

/** One part a university. `localhost` and `127.0.0.1` are two issuers, so that either address works throughout. */
export function createIdentityParts(context: SandboxContext): SandboxPart[] {
  return DEMO_UNIVERSITIES.map((university) => createIdentityPart(context, university))
}

function createIdentityPart(context: SandboxContext, university: (typeof DEMO_UNIVERSITIES)[number]): SandboxPart {
  const { slug, name } = university
  const people = identityPeople(slug)
  const appOrigins = appOriginsFrom(process.env)
  const providers = new Map<string, Promise<IdentityProvider>>()
  const providerAt = (origin: string): Promise<IdentityProvider> => {
    const started =
      providers.get(origin) ?? createIdentityProvider({ slug, universityName: name, people, origin, appOrigins })
    providers.set(origin, started)
    return started
  }
  return {
    prefix: `/sso/${slug}`,
    listen: (request: IncomingMessage, response: ServerResponse) => {
      providerAt(originAskedFor(request, context.origin)).then(
        (provider) => provider.listen(request, response),
        (error: unknown) => {
          console.error('sandbox identity provider', error)
          response.writeHead(500).end()
        },
      )
    },
  }
}

function originAskedFor(request: IncomingMessage, ownOrigin: string): string {
  const { port } = new URL(ownOrigin)
  return request.headers.host === `localhost:${port}` ? `http://localhost:${port}` : ownOrigin
}
