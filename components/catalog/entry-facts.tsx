import { getLocale, getTranslations } from 'next-intl/server'
import { LandingInWords } from '@/components/catalog/landing-in-words'
import { reasonInWords } from '@/components/catalog/reason-in-words'
import { Badge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { type Description, DescriptionList } from '@/components/ui/description-list'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import type { CatalogEntryView, CatalogLine, RepositoryCardView } from '@/lib/catalog/view'
import { platformName } from '@/lib/domain/platform'
import { formatCount } from '@/lib/i18n/format'

type Words = Awaited<ReturnType<typeof getTranslations<'catalog'>>>

/** What is known of a line beside the university's own word: the shared base's, how changes land, the platform's. */
export async function EntryFacts({ entry, timeZone }: { entry: CatalogEntryView; timeZone: string }) {
  const t = await getTranslations('catalog')
  const { line, decided, repository, landingRules, landingWord } = entry
  return (
    <div className="space-y-6">
      {line === null ? null : (
        <Panel title={t('facts.catalogTitle')}>
          <DescriptionList items={[...catalogItems(line, t), ...decisionItems({ decided, line, timeZone, t })]} />
        </Panel>
      )}
      {landingWord === 'university' ? null : (
        <Panel title={t('facts.landingTitle')} lead={t(`facts.landingBy.${landingWord}`)}>
          <LandingInWords rules={landingRules} />
        </Panel>
      )}
      {repository === null ? null : (
        <Panel title={t('facts.platformTitle')} lead={<Refreshed at={repository.refreshedAt} {...{ timeZone, t }} />}>
          <RepositoryCard repository={repository} />
        </Panel>
      )}
    </div>
  )
}

function catalogItems({ own, status, reason, lab, license, homes }: CatalogLine, t: Words): Description[] {
  const shared = own === null ? { status, reason } : { status: own.sharedStatus, reason: own.sharedReason ?? '' }
  return [
    {
      term: t('facts.shared'),
      value:
        shared.status === null ? (
          t('facts.sharedSilent')
        ) : (
          <>
            {t(`status.${shared.status}`)}
            <span className="block text-ink-soft text-sm">{reasonInWords(shared.reason, t)}</span>
          </>
        ),
    },
    ...(lab === '' ? [] : [{ term: t('facts.lab'), value: lab }]),
    { term: t('columns.license'), value: license ?? '—' },
    ...(homes.length === 0 ? [] : [{ term: t('facts.homes'), value: <Homes homes={homes} t={t} /> }]),
  ]
}

function Homes({ homes, t }: { homes: CatalogLine['homes']; t: Words }) {
  return (
    <ul className="space-y-1">
      {homes.map(({ platform, owner, name, role, since }) => (
        <li key={`${platform} ${owner}/${name}`} className="break-all">
          {platformName(platform)} {`${owner}/${name ?? '*'}`}
          {role === 'mirror' ? <span className="block text-ink-soft text-sm">{t('mirrorThere')}</span> : null}
          {since === null ? null : (
            <span className="block text-ink-soft text-sm">{t('facts.homeSince', { day: since })}</span>
          )}
        </li>
      ))}
    </ul>
  )
}

type Decision = { decided: CatalogEntryView['decided']; line: CatalogLine; timeZone: string; t: Words }

function decisionItems({ decided, line, timeZone, t }: Decision): Description[] {
  if (decided === null) return []
  const subject = new URLSearchParams({
    subjectKind: 'catalog_entry',
    subjectId: `${line.platform}:${line.owner}/${line.name ?? '*'}`,
  })
  return [
    {
      term: t('facts.decided'),
      value: (
        <>
          {decided.byName ?? t('facts.somebodyGone')} <DateTime value={decided.at} timeZone={timeZone} />
          <TextLink href={`/admin/audit?${subject}`} className="block text-sm">
            {t('facts.history')}
          </TextLink>
        </>
      ),
    },
  ]
}

function Refreshed({ at, timeZone, t }: { at: Date; timeZone: string; t: Words }) {
  return (
    <>
      {t('facts.readAt')} <DateTime value={at} timeZone={timeZone} />
    </>
  )
}

async function RepositoryCard({ repository }: { repository: RepositoryCardView }) {
  const [t, locale] = await Promise.all([getTranslations('catalog'), getLocale()])
  const { stars, license, language, topics, isFork, isArchived, defaultBranch, url } = repository
  const items: Description[] = [
    { term: t('facts.address'), value: <TextLink href={url}>{url}</TextLink> },
    { term: t('facts.stars'), value: stars === null ? '—' : formatCount(stars, locale) },
    { term: t('columns.license'), value: license ?? '—' },
    { term: t('facts.language'), value: language ?? '—' },
    { term: t('facts.defaultBranch'), value: defaultBranch ?? '—' },
    ...(isFork || isArchived
      ? [{ term: t('facts.standing'), value: t(isFork ? 'facts.fork' : 'facts.archived') }]
      : []),
    {
      term: t('facts.topics'),
      value:
        topics.length === 0 ? (
          '—'
        ) : (
          <span className="flex flex-wrap gap-1">
            {topics.map((topic) => (
              <Badge key={topic}>{topic}</Badge>
            ))}
          </span>
        ),
    },
  ]
  return <DescriptionList items={items} />
}
