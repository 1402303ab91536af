import type { PolicyVersionRecord } from '@/lib/db/policy-versions'
import type { PolicyView } from './view'

/** Leaves out who wrote it: that is for the audit. */
export function toPolicyView({ createdByMemberId: _, ...record }: PolicyVersionRecord): PolicyView {
  return record
}
