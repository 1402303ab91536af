import { Missing } from '@/components/shell/missing'
import { PublicShell } from '@/components/shell/public-shell'
import { homePathFor } from '@/lib/auth/home-path'
import { getViewer } from '@/lib/auth/session'

/**
 * An address that is no page of any group, or of one that the reader has no part in. Next.js sends it along with every
 * page, so it is small: no frame of a member, only that a member is not asked to sign in.
 */
export default async function NotFound() {
  const viewer = await getViewer()
  return (
    <PublicShell hideSignIn={viewer !== null}>
      <Missing homeHref={viewer === null ? '/' : homePathFor(viewer.actor.roles)} />
    </PublicShell>
  )
}
