import { getLocale } from 'next-intl/server'
import * as z from 'zod'
import { PageHeader } from '@/components/ui/page-header'
import { requireActor } from '@/lib/auth/session'
import { getPolicyVersion } from '@/lib/policies/get-policy-version'

const searchSchema = z.object({ id: z.uuid() })

/**
 * What the bench compares every page with: the layout of all pages and one read by primary key. Compiled only where
 * next.config.ts is told that this build is for the bench, so no other build has this address.
 */
export default async function BaselinePage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const actor = await requireActor('admin')
  const { id } = searchSchema.parse(await searchParams)
  const [locale, { policy }] = await Promise.all([getLocale(), getPolicyVersion(actor, id)])
  return <PageHeader title={locale === 'en' ? policy.title.en : policy.title.zh} />
}
