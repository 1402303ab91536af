import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { DiffLines } from '@/components/reviews/diff-lines'
import { LineCounts } from '@/components/reviews/evidence-details'
import { Copyable } from '@/components/ui/copyable'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { isAppError } from '@/lib/domain/errors'
import { evidenceDiffSchema, loadEvidenceDiff } from '@/lib/reviews/load-evidence-diff'
import type { EvidenceDiff } from '@/lib/reviews/view'

type Props = {
  params: Promise<{ claimId: string; evidenceId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('reviews.evidence')
  return { title: t('pageTitle') }
}

async function load({ params, searchParams }: Props): Promise<EvidenceDiff> {
  const actor = await requireActor()
  const input = evidenceDiffSchema.safeParse({ ...(await params), afterOrdinal: (await searchParams).after ?? 0 })
  if (!input.success) notFound()
  try {
    return await loadEvidenceDiff(actor, input.data)
  } catch (error) {
    if (isAppError(error, 'not_found')) notFound()
    throw error
  }
}

/** The frozen diffs of one contribution: for its student, its reviewers and the admins. */
export default async function EvidencePage(props: Props) {
  const [t, diff] = await Promise.all([getTranslations('reviews.evidence'), load(props)])
  const base = `/evidence/${diff.claimId}/${diff.evidenceId}`
  const first = diff.files[0]?.ordinal ?? 1
  return (
    <>
      <PageHeader
        title={diff.title}
        lead={
          <>
            <TextLink href={diff.url}>{diff.repository}</TextLink> · {t('files', { count: diff.totalFiles })}
          </>
        }
      />
      <p className="mb-5 text-ink-faint text-sm">
        {t('frozen')} <Copyable value={diff.contentSha256} />
      </p>
      <div className="space-y-5">
        {diff.files.map((file) => (
          <Panel
            key={file.ordinal}
            title={<span className="break-all font-mono text-[0.9375rem]">{file.path}</span>}
            lead={file.previousPath === null ? undefined : t('renamedFrom', { path: file.previousPath })}
            aside={<LineCounts {...file} />}
          >
            {file.patch === null ? (
              <p className="text-ink-faint text-sm">{t('diffNone')}</p>
            ) : (
              <DiffLines patch={file.patch} label={file.path} cutNote={t('diffCut')} />
            )}
          </Panel>
        ))}
      </div>
      <Pagination
        firstHref={first > 1 ? base : null}
        nextHref={diff.nextAfter === null ? null : `${base}?after=${diff.nextAfter}`}
      />
    </>
  )
}
