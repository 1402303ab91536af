import type { CreditPolicy } from '@/lib/domain/credit-policy'

/** A version of the rules, as every member may see it. */
export type PolicyView = {
  id: string
  version: number
  status: 'draft' | 'published'
  policy: CreditPolicy
  /** SHA-256 of the document's canonical JSON: what a claim and a ledger line refer to. */
  documentSha256: string
  createdAt: Date
  publishedAt: Date | null
}
