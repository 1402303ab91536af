import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/ui/date-time'
import { DescriptionList } from '@/components/ui/description-list'
import { TextLink } from '@/components/ui/text-link'
import { formatCount } from '@/lib/i18n/format'
import type { PlatformHealth } from '@/lib/sync/view'

type Props = { health: PlatformHealth; days: number; timeZone: string }

/** What is left, what waits, and how old what is known is. */
export async function HealthFacts({ health, days, timeZone }: Props) {
  const t = await getTranslations('syncHealth')
  const { platform, repositories, skipped } = health
  return (
    <DescriptionList
      items={[
        { term: t('facts.allowance'), value: <Allowances health={health} timeZone={timeZone} /> },
        { term: t('facts.queue'), value: <Queue health={health} timeZone={timeZone} /> },
        { term: t('facts.accounts'), value: <Accounts health={health} timeZone={timeZone} /> },
        ...(repositories === null
          ? []
          : [
              {
                term: t('facts.repositories'),
                value: <Repositories repositories={repositories} timeZone={timeZone} />,
              },
            ]),
        {
          term: t('facts.skipped'),
          value:
            skipped === 0 ? (
              t('skipped.none', { days })
            ) : (
              <TextLink href={`/admin/sync/skipped?platform=${platform}`}>
                {t('skipped.count', { days, count: skipped })}
              </TextLink>
            ),
        },
      ]}
    />
  )
}

type Part = { health: PlatformHealth; timeZone: string }

async function Allowances({ health: { allowances }, timeZone }: Part): Promise<ReactNode> {
  const [t, locale] = await Promise.all([getTranslations('syncHealth'), getLocale()])
  if (allowances.length === 0) return t('allowance.none')
  return (
    <ul>
      {allowances.map(({ pool, total, remaining, resetsAt, toldAt }) => {
        const name = t.has(`allowance.pools.${pool}`) ? t(`allowance.pools.${pool}`) : pool
        const left = { pool: name, remaining: formatCount(remaining, locale) }
        return (
          <li key={pool}>
            <span className="tabular-nums">
              {total === null
                ? t('allowance.left', left)
                : t('allowance.leftOf', { ...left, total: formatCount(total, locale) })}
            </span>
            <Note>
              {resetsAt === null ? null : (
                <>
                  {t('allowance.back')} <DateTime value={resetsAt} timeZone={timeZone} />
                  {' · '}
                </>
              )}
              {t('allowance.told')} <DateTime value={toldAt} timeZone={timeZone} />
            </Note>
          </li>
        )
      })}
    </ul>
  )
}

async function Queue({ health: { queue }, timeZone }: Part): Promise<ReactNode> {
  const [t, locale] = await Promise.all([getTranslations('syncHealth'), getLocale()])
  const { due, running, later, nextAt, givenUp } = queue
  return (
    <>
      <span className="tabular-nums">
        {t('queue.counts', {
          due: formatCount(due, locale),
          running: formatCount(running, locale),
          later: formatCount(later, locale),
        })}
      </span>
      {nextAt === null ? null : (
        <Note>
          {t('queue.next')} <DateTime value={nextAt} timeZone={timeZone} />
        </Note>
      )}
      {givenUp === 0 ? null : <Note>{t('queue.givenUp', { count: givenUp })}</Note>}
    </>
  )
}

async function Accounts({ health: { accounts }, timeZone }: Part): Promise<ReactNode> {
  const t = await getTranslations('syncHealth')
  const { linked, neverRead, hidden, oldestAt } = accounts
  if (linked === 0) return t('accounts.none')
  if (oldestAt === null) return t('accounts.allNever', { count: linked })
  return (
    <>
      {t('accounts.linked', { count: linked })} <DateTime value={oldestAt} timeZone={timeZone} />
      {neverRead === 0 ? null : <Note>{t('accounts.neverRead', { count: neverRead })}</Note>}
      {hidden === 0 ? null : <Note>{t('accounts.hidden', { count: hidden })}</Note>}
    </>
  )
}

type Repositories = { repositories: NonNullable<PlatformHealth['repositories']>; timeZone: string }

async function Repositories({ repositories, timeZone }: Repositories): Promise<ReactNode> {
  const t = await getTranslations('syncHealth')
  const { catalogued, known, neverRead, gone, unreadable, oldestAt } = repositories
  const count = Math.max(catalogued, known)
  if (count === 0) return t('repositories.none')
  if (oldestAt === null) return t('repositories.never', { count })
  const unread = neverRead + Math.max(0, catalogued - known)
  return (
    <>
      {t('repositories.read', { count })} <DateTime value={oldestAt} timeZone={timeZone} />
      {unread === 0 ? null : <Note>{t('repositories.neverRead', { count: unread })}</Note>}
      {gone === 0 ? null : <Note>{t('repositories.gone', { count: gone })}</Note>}
      {unreadable === 0 ? null : <Note>{t('repositories.unreadable', { count: unreadable })}</Note>}
    </>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <span className="block text-ink-soft text-sm">{children}</span>
}
