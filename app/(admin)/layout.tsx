import type { ReactNode } from 'react'
import { MemberFrame } from '@/app/_frame/member-frame'
import { requireActor, requireViewer } from '@/lib/auth/session'

/** Pages of admins. Each use case asks again: a layout alone guards nothing. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireActor('admin')
  const viewer = await requireViewer()
  return <MemberFrame viewer={viewer}>{children}</MemberFrame>
}
