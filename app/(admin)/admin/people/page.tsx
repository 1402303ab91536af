import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFoundIfInvalid } from '@/app/_frame/not-found-if-invalid'
import { peopleAddress, readPeopleAddress } from '@/components/people/people-address'
import { PeopleFilter } from '@/components/people/people-filter'
import { PeopleTable } from '@/components/people/people-table'
import { LinkButton } from '@/components/ui/button'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Panel } from '@/components/ui/panel'
import { requireActor } from '@/lib/auth/session'
import { listPeople } from '@/lib/people/list-people'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('people')
  return { title: t('title') }
}

/** The university's members, to be found by the beginning of a name or number. */
export default async function PeoplePage({ searchParams }: { searchParams: Search }) {
  const actor = await requireActor('admin')
  const query = readPeopleAddress(await searchParams)
  const [t, { people, departments, nextCursor }] = await Promise.all([
    getTranslations('people'),
    listPeople(actor, query).catch(notFoundIfInvalid),
  ])
  const { cursor, ...narrowing } = query
  const isNarrowed = cursor !== null || Object.values(narrowing).some((value) => value !== null && value !== '')
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        action={
          <LinkButton href="/admin/roster" variant="primary" icon="upload">
            {t('toRoster')}
          </LinkButton>
        }
      />
      <Panel className="mb-6">
        <PeopleFilter query={query} departments={departments} />
      </Panel>
      <Panel flush>
        <PeopleTable people={people} isNarrowed={isNarrowed} />
        <Pagination
          firstHref={cursor === null ? null : peopleAddress(query, {})}
          nextHref={nextCursor === null ? null : peopleAddress(query, { cursor: nextCursor })}
        />
      </Panel>
    </>
  )
}
