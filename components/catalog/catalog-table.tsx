import { getTranslations } from 'next-intl/server'
import { reasonInWords } from '@/components/catalog/reason-in-words'
import { Badge, StateBadge } from '@/components/ui/badge'
import { type Column, DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { Tone } from '@/components/ui/tone'
import type { CatalogLine } from '@/lib/catalog/view'
import type { CatalogStatus } from '@/lib/domain/catalog'
import { platformName } from '@/lib/domain/platform'

const TONES: Record<CatalogStatus, Tone> = {
  included: 'jade',
  excluded: 'cinnabar',
  proposed: 'amber',
  opted_out: 'cinnabar',
}

/** How a line is called in words and addresses: `owner/name`, or `owner/*` for all of an owner. */
export function lineName({ owner, name }: { owner: string; name: string | null }): string {
  return `${owner}/${name ?? '*'}`
}

/** Where an admin changes a line. */
export function lineHref({ platform, owner, name }: Pick<CatalogLine, 'platform' | 'owner' | 'name'>): string {
  return `/admin/catalog/entry?${new URLSearchParams({ platform, owner, name: name ?? '' })}`
}

/** A page of the catalog; `editable` adds the way to change a line. */
export async function CatalogTable({ lines, editable }: { lines: readonly CatalogLine[]; editable: boolean }) {
  const t = await getTranslations('catalog')
  const columns: Column<CatalogLine>[] = [
    {
      key: 'repository',
      header: t('columns.repository'),
      rowHeader: true,
      cell: (line) => <Repository line={line} t={t} />,
    },
    { key: 'status', header: t('columns.status'), cell: (line) => <Status line={line} t={t} /> },
    { key: 'kind', header: t('columns.kind'), className: 'whitespace-nowrap', cell: ({ kind }) => t(`kind.${kind}`) },
    { key: 'tier', header: t('columns.tier'), className: 'whitespace-nowrap', cell: ({ tier }) => t(`tier.${tier}`) },
    {
      key: 'landing',
      header: t('columns.landing'),
      cell: ({ landing }) => landing.map((rule) => t(`landing.${rule}`)).join(' / '),
    },
    {
      key: 'license',
      header: t('columns.license'),
      className: 'whitespace-nowrap',
      cell: ({ license }) => license ?? '—',
    },
  ]
  if (editable) {
    columns.push({
      key: 'edit',
      header: t('columns.edit'),
      hideHeader: true,
      className: 'whitespace-nowrap',
      cell: (line) => (
        <TextLink href={lineHref(line)} aria-label={`${t('edit.change')} ${lineName(line)}`}>
          {t('edit.change')}
        </TextLink>
      ),
    })
  }
  return (
    <DataTable
      caption={t('caption')}
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.platform}:${lineName(line)}`}
      empty={
        <EmptyState icon="catalog" title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      }
    />
  )
}

type Words = Awaited<ReturnType<typeof getTranslations<'catalog'>>>

function Repository({ line, t }: { line: CatalogLine; t: Words }) {
  return (
    <>
      <span className="[overflow-wrap:anywhere]">{lineName(line)}</span>{' '}
      <Badge className="font-normal">{platformName(line.platform)}</Badge>
      {line.name === null ? <span className="block font-normal text-ink-faint text-sm">{t('wholeOwner')}</span> : null}
      {line.homes.map((home) => (
        <span
          key={`${home.platform} ${lineName(home)}`}
          className="block font-normal [overflow-wrap:anywhere] text-ink-faint text-sm"
        >
          {t('alsoAt')} {platformName(home.platform)} {lineName(home)}
          {home.role === 'mirror' ? ` (${t('mirrorThere')})` : null}
        </span>
      ))}
    </>
  )
}

function Status({ line, t }: { line: CatalogLine; t: Words }) {
  return (
    <>
      <StateBadge tone={TONES[line.status]} icon={line.status === 'included' ? 'check' : 'info'}>
        {t(`status.${line.status}`)}
      </StateBadge>
      {line.own ? <span className="block text-ink-soft text-sm">{t('ownWord')}</span> : null}
      {line.own || line.reason !== 'seeded' ? (
        <span className="block max-w-64 text-ink-faint text-sm">{reasonInWords(line.reason, t)}</span>
      ) : null}
      {line.own?.sharedStatus ? (
        <span className="block text-ink-faint text-sm">
          {t('sharedSays', { status: t(`status.${line.own.sharedStatus}`) })}
        </span>
      ) : null}
    </>
  )
}
