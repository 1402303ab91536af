import * as z from 'zod'
import { withScope } from '@/lib/db/scope'
import { findSurgeLimit } from '@/lib/db/surge-settings'
import { findUniversity } from '@/lib/db/universities'
import { findConnection } from '@/lib/db/university-connections'
import type { MemberActor } from '@/lib/domain/actor'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { offeredPlatforms } from '@/lib/platforms/registry'
import { CONNECTION_KIND_OF } from '@/lib/platforms/university-credential'
import { fingerprintOf } from './fingerprint'
import type { UniversitySettingsView } from './view'

// Only what may be shown is read of a connection; the secret is asked for as "is there one".
const oidc = z.object({ issuer: z.string(), clientId: z.string() })
const githubApp = z.object({ appId: z.string(), installationId: z.string() })

/** What the university is called, and how it is reached. No secret is in it. */
export async function getUniversitySettings(actor: MemberActor): Promise<UniversitySettingsView> {
  const { universityId } = actor
  assertCan(actor, 'university.settings', { universityId })
  return withScope({ universityId }, async (tx) => {
    const university = await findUniversity(tx, universityId)
    if (university === null) throw new AppError('not_found', 'not_found')
    const signIn = await findConnection(tx, { universityId, kind: 'oidc' })
    const github = await findConnection(tx, { universityId, kind: 'github_app' })
    const tokens: UniversitySettingsView['tokens'] = []
    for (const platform of offeredPlatforms()) {
      const kind = CONNECTION_KIND_OF[platform]
      if (kind === 'github_app') continue
      const found = await findConnection(tx, { universityId, kind })
      tokens.push({ platform, connection: found && { isWhole: hasSecret(found), updatedAt: found.updatedAt } })
    }
    const signInSettings = oidc.safeParse(signIn?.settings)
    const githubSettings = githubApp.safeParse(github?.settings)
    const { slug, nameZh, nameEn, timeZone } = university
    return {
      university: { slug, nameZh, nameEn, timeZone },
      fingerprint: namesFingerprint(university),
      surgeLimit: await findSurgeLimit(tx, universityId),
      signIn: signIn && {
        ...(signInSettings.data ?? null),
        isWhole: signInSettings.success && hasSecret(signIn),
        updatedAt: signIn.updatedAt,
      },
      github: github && {
        ...(githubSettings.data ?? null),
        isWhole: githubSettings.success && hasSecret(github),
        updatedAt: github.updatedAt,
      },
      tokens,
    }
  })
}

export function namesFingerprint({ nameZh, nameEn }: { nameZh: string; nameEn: string }): string {
  return fingerprintOf({ nameZh, nameEn })
}

function hasSecret({ secretSealed }: { secretSealed: string | null }): boolean {
  return secretSealed !== null && secretSealed !== ''
}
