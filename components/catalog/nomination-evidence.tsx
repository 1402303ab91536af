import { getLocale, getTranslations } from 'next-intl/server'
import { wordValues } from '@/components/contributions/word-values'
import { Badge } from '@/components/ui/badge'
import { DateTime } from '@/components/ui/date-time'
import { type Description, DescriptionList } from '@/components/ui/description-list'
import { Details } from '@/components/ui/details'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import type { NominationView } from '@/lib/catalog/view'
import type { NominationEvidence as Evidence } from '@/lib/domain/nomination'
import { formatCount } from '@/lib/i18n/format'

type Words = Awaited<ReturnType<typeof getTranslations<'nominations'>>>

/** What the platform told of a nominated repository; where it has not, why. */
export async function NominationEvidence({ nomination, timeZone }: { nomination: NominationView; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations('nominations'), getLocale()])
  const { evidence, evidenceState, evidenceFailure } = nomination
  if (evidence === null) {
    const key = evidenceState === 'waiting' && evidenceFailure !== null ? 'waitingAfter' : evidenceState
    if (key === 'complete') return null
    return <p className="text-ink-soft">{t(`evidenceText.${key}`, { failure: evidenceFailure ?? 'none' })}</p>
  }
  const day = (text: string | null) =>
    text === null ? '—' : <DateTime value={new Date(text)} timeZone={timeZone} style="date" />
  const { lastRelease } = evidence
  return (
    <DescriptionList
      items={[
        { term: t('fact.address'), value: <TextLink href={evidence.url}>{evidence.url}</TextLink> },
        { term: t('fact.description'), value: evidence.description ?? '—' },
        { term: t('fact.license'), value: evidence.license ?? '—' },
        { term: t('fact.stars'), value: evidence.stars === null ? '—' : formatCount(evidence.stars, locale) },
        { term: t('fact.language'), value: evidence.language ?? '—' },
        { term: t('fact.topics'), value: <Topics topics={evidence.topics} /> },
        {
          term: t('fact.release'),
          value:
            lastRelease === null ? (
              t('fact.noRelease')
            ) : (
              <>
                {lastRelease.name} {day(lastRelease.publishedAt)}
              </>
            ),
        },
        { term: t('fact.pushed'), value: day(evidence.pushedAt) },
        { term: t('fact.created'), value: day(evidence.createdAt) },
        ...(evidence.forkOf === null ? [] : [{ term: t('fact.forkOf'), value: evidence.forkOf }]),
        ...dependencyItems(evidence, t),
      ]}
    />
  )
}

function Topics({ topics }: { topics: readonly string[] }) {
  if (topics.length === 0) return '—'
  return (
    <span className="flex flex-wrap gap-1">
      {topics.map((topic) => (
        <Badge key={topic}>{topic}</Badge>
      ))}
    </span>
  )
}

/** So many names are seen at once. */
const SHOWN = 12

function dependencyItems({ dependencies }: Evidence, t: Words): Description[] {
  if (dependencies.length === 0) return [{ term: t('fact.builtOn'), value: t('fact.noLists') }]
  return dependencies.map(({ file, names }) => ({
    term: file,
    value: (
      <span className="break-words font-mono text-sm">
        {names.slice(0, SHOWN).join(' ') || '—'}
        {names.length > SHOWN ? (
          <Details summary={t('fact.more', { count: names.length - SHOWN })} className="font-sans">
            <span className="break-words font-mono">{names.slice(SHOWN).join(' ')}</span>
          </Details>
        ) : null}
      </span>
    ),
  }))
}

/** What to look at twice, if anything. */
export async function NominationCautions({ nomination, timeZone }: { nomination: NominationView; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations('nominations.caution'), getLocale()])
  if (nomination.cautions.length === 0) return null
  return (
    <Notice kind="attention" title={t('title')}>
      <ul className="list-disc space-y-1 ps-5">
        {nomination.cautions.map(({ code, value }) => (
          <li key={code}>{t(code, wordValues({ value }, { locale, timeZone }))}</li>
        ))}
      </ul>
    </Notice>
  )
}
