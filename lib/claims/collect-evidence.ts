import type { StoredContribution } from '@/lib/db/contribution-facts'
import { findOpenConnection } from '@/lib/db/open-connection'
import { withScope } from '@/lib/db/scope'
import type { Platform } from '@/lib/domain/platform'
import { nameOf, ownerOf } from '@/lib/domain/repository-name'
import { ANONYMOUS, type CollectedEvidence, type Credential } from '@/lib/platforms/port'
import { getPlatform } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF, universityCredential } from '@/lib/platforms/university-credential'

/** Reads everything that evidence is made of. */
export type Collect = (contribution: StoredContribution) => Promise<CollectedEvidence>

/** Reads from the platforms with the university's credentials; each is asked for once, by need. */
export function collectFromPlatforms(universityId: string): Collect {
  const credentials = new Map<Platform, Promise<Credential>>()
  return async ({ fact }) => {
    const credential = credentials.get(fact.platform) ?? loadCredential(universityId, fact.platform)
    credentials.set(fact.platform, credential)
    const { fullName } = fact.repository
    return getPlatform(fact.platform).collectEvidence({
      owner: ownerOf(fullName),
      name: nameOf(fullName),
      number: fact.number,
      credential: await credential,
    })
  }
}

async function loadCredential(universityId: string, platform: Platform): Promise<Credential> {
  const kind = CONNECTION_KIND_OF[platform]
  const connection = await withScope({ universityId }, (tx) => findOpenConnection(tx, { universityId, kind }))
  return connection ? universityCredential(platform, connection) : ANONYMOUS
}
