import type { ReactNode } from 'react'
import { MemberFrame } from '@/app/_frame/member-frame'
import { requireViewer } from '@/lib/auth/session'

/** Pages of every member: most are a student's own, some (rules, notices, settings) anybody's. Each asks for what it needs. */
export default async function StudentLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer()
  return <MemberFrame viewer={viewer}>{children}</MemberFrame>
}
