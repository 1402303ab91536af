import type { ReactNode } from 'react'
import { MemberFrame } from '@/app/_frame/member-frame'
import { requireActor, requireViewer } from '@/lib/auth/session'

/** Pages of reviewers. Each use case asks again: a layout alone guards nothing. */
export default async function ReviewLayout({ children }: { children: ReactNode }) {
  await requireActor('reviewer')
  const viewer = await requireViewer()
  return <MemberFrame viewer={viewer}>{children}</MemberFrame>
}
