import { listPolicyVersions as listRows } from '@/lib/db/policy-versions'
import { withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan, can } from '@/lib/domain/permissions'
import { toPolicyView } from './to-view'
import type { PolicyView } from './view'

const PAGE = 20

/** Versions of the rules, newest first. `beforeVersion` is where the page starts; `next` where the next one does. */
export async function listPolicyVersions(
  actor: MemberActor,
  page: { beforeVersion?: number | undefined },
): Promise<{ versions: PolicyView[]; next: number | null }> {
  const university = { universityId: actor.universityId }
  assertCan(actor, 'policy.view', university)
  const rows = await withScope(actor, (tx) =>
    listRows(tx, {
      limit: PAGE + 1,
      publishedOnly: !can(actor, 'policy.view_drafts', university).allowed,
      ...(page.beforeVersion === undefined ? {} : { beforeVersion: page.beforeVersion }),
    }),
  )
  const versions = rows.slice(0, PAGE).map(toPolicyView)
  return { versions, next: rows.length > PAGE ? (versions.at(-1)?.version ?? null) : null }
}
