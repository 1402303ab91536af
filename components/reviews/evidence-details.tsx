import { useTranslations } from 'next-intl'
import { LandingProof } from '@/components/contributions/landing-proof'
import { DiffOnDemand } from '@/components/reviews/diff-on-demand'
import { Copyable, ShortHash } from '@/components/ui/copyable'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { Details } from '@/components/ui/details'
import { TextLink } from '@/components/ui/text-link'
import type { Platform } from '@/lib/domain/platform'
import type { ReviewEvidence } from '@/lib/reviews/view'

type Props = { claimId: string; platform: Platform; evidence: ReviewEvidence; timeZone: string; open?: boolean }

const FILES_SHOWN = 40

export function LineCounts({ additions, deletions }: { additions: number; deletions: number }) {
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className="text-jade">+{additions}</span> <span className="text-cinnabar">−{deletions}</span>
    </span>
  )
}

function Files({ claimId, evidence }: Pick<Props, 'claimId' | 'evidence'>) {
  const t = useTranslations('reviews.evidence')
  const { evidenceId, files } = evidence
  const page = `/evidence/${claimId}/${evidenceId}`
  const words = {
    loading: t('diffLoading'),
    failed: t('diffFailed'),
    noText: t('diffNone'),
    cut: t('diffCut'),
    whole: t('diffPage'),
  }
  return (
    <div>
      <h3 className="font-medium text-sm">
        {t('files', { count: files.length })}
        {evidence.filesTruncated ? <span className="font-normal text-ink-faint"> {t('filesCut')}</span> : null}
      </h3>
      <ul className="text-sm">
        {files.slice(0, FILES_SHOWN).map((file, index) => (
          <li key={file.path}>
            <DiffOnDemand
              source={`/api/claims/${claimId}/evidence/${evidenceId}/files?afterOrdinal=${index}&limit=1`}
              pageHref={`${page}?after=${index}`}
              path={file.path}
              words={words}
            >
              <span className="w-16 shrink-0 text-ink-faint">{t(`status.${file.status}`)}</span>
              <span className="min-w-0 flex-1 break-all font-mono text-[0.9375em]">{file.path}</span>
              <LineCounts {...file} />
            </DiffOnDemand>
          </li>
        ))}
      </ul>
      {files.length > FILES_SHOWN ? (
        <p className="text-sm">
          <TextLink href={page}>{t('allFiles', { count: files.length })}</TextLink>
        </p>
      ) : null}
    </div>
  )
}

function Commits({ evidence, timeZone }: Pick<Props, 'evidence' | 'timeZone'>) {
  const t = useTranslations('reviews.evidence')
  if (evidence.commits.length === 0) return null
  return (
    <div>
      <h3 className="font-medium text-sm">{t('commits', { count: evidence.commits.length })}</h3>
      <ul className="space-y-0.5 text-sm">
        {evidence.commits.map(({ sha, messageFirstLine, authorLogin, coAuthors, committedAt }) => (
          <li key={sha} className="flex flex-wrap gap-x-3">
            <ShortHash value={sha} digits={8} />
            <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">{messageFirstLine}</span>
            <span className="text-ink-soft">
              {[authorLogin ?? t('unknownAuthor'), ...coAuthors.map(({ login }) => login)].join(', ')}
            </span>
            <span className="text-ink-faint">
              <DateTime value={new Date(committedAt)} timeZone={timeZone} style="date" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Reviews({ evidence, timeZone }: Pick<Props, 'evidence' | 'timeZone'>) {
  const t = useTranslations('reviews.evidence')
  return (
    <div>
      <h3 className="font-medium text-sm">{t('reviews', { count: evidence.reviews.length })}</h3>
      <ul className="space-y-0.5 text-sm">
        {evidence.reviews.map(({ login, state, submittedAt }) => (
          <li key={`${login}${submittedAt}${state}`} className="flex flex-wrap gap-x-3">
            <span>{login ?? t('unknownAuthor')}</span>
            <span className={state === 'approved' ? 'text-jade' : 'text-ink-soft'}>{t(`reviewState.${state}`)}</span>
            <span className="text-ink-faint">
              <DateTime value={new Date(submittedAt)} timeZone={timeZone} style="date" />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What was frozen of a contribution: how it landed, files with their sizes, commits, reviews on the platform. */
export function EvidenceDetails({ claimId, platform, evidence, timeZone, open }: Props) {
  const t = useTranslations('reviews.evidence')
  const { landing, files, commits, reviews } = evidence
  const summary = [
    t('files', { count: files.length }),
    t('commits', { count: commits.length }),
    t('reviews', { count: reviews.length }),
  ].join(' · ')
  const landed = landing.landedAt === null ? null : new Date(landing.landedAt)
  return (
    <Details open={open ?? false} summary={t('summary', { parts: summary })} className="text-sm">
      <div className="space-y-3">
        <DescriptionList
          items={[
            { term: t('author'), value: evidence.author ?? t('unknownAuthor') },
            { term: t('branch'), value: <code>{evidence.baseBranch}</code> },
            { term: t('mergedBy'), value: evidence.mergedBy?.login ?? t('unknownAuthor') },
            ...(landed ? [{ term: t('landed'), value: <DateTime value={landed} timeZone={timeZone} /> }] : []),
            ...(landing.commitSha ? [{ term: t('commit'), value: <Copyable value={landing.commitSha} /> }] : []),
            { term: t('captured'), value: <DateTime value={evidence.capturedAt} timeZone={timeZone} /> },
            { term: t('hash'), value: <Copyable value={evidence.contentSha256} /> },
          ]}
        />
        <LandingProof platform={platform} rule={landing.rule} proof={landing.proof} timeZone={timeZone} />
        <Files claimId={claimId} evidence={evidence} />
        <Commits evidence={evidence} timeZone={timeZone} />
        <Reviews evidence={evidence} timeZone={timeZone} />
      </div>
    </Details>
  )
}
