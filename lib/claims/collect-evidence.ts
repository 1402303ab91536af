import type { StoredContribution } from '@/lib/db/contribution-facts'
import { findOpenConnection } from '@/lib/db/open-connection'
import { withScope } from '@/lib/db/scope'
import type { Platform } from '@/lib/domain/platform'
import { nameOf, ownerOf } from '@/lib/domain/repository-name'
import { ANONYMOUS, type CollectedEvidence, type Credential } from '@/lib/platforms/port'
import { getPlatform } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'
import { collectNamed, findProvedCoAuthors } from './collect-named'

/** Reads everything that evidence is made of. */
export type Collect = (contribution: StoredContribution) => Promise<CollectedEvidence>

/** Reads from the platforms with the university's credentials; each is asked for once, by need. */
export function collectFromPlatforms(universityId: string): Collect {
  const credentials = new Map<Platform, Promise<Credential>>()
  return async ({ fact }) => {
    const asked = credentials.get(fact.platform) ?? loadCredential(universityId, fact.platform)
    credentials.set(fact.platform, asked)
    const credential = await asked
    const { fullName } = fact.repository
    const place = { owner: ownerOf(fullName), name: nameOf(fullName), credential }
    const port = getPlatform(fact.platform)
    if (fact.kind !== 'pull_request') return collectNamed(port, fact, place)
    const collected = await port.collectEvidence({ ...place, number: fact.number })
    if (fact.coAuthors.length === 0) return collected
    return { ...collected, coAuthors: await findProvedCoAuthors(port, { fact, collected }, place) }
  }
}

async function loadCredential(universityId: string, platform: Platform): Promise<Credential> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  return connection ? universityCredential(platform, connection) : ANONYMOUS
}
