import { Missing } from '@/components/shell/missing'
import { homePathFor } from '@/lib/auth/home-path'
import { requireViewer } from '@/lib/auth/session'

/** What is not there, or not the reader's, in the frame that the reader was in. */
export default async function AdminNotFound() {
  const { actor } = await requireViewer()
  return <Missing homeHref={homePathFor(actor.roles)} />
}
