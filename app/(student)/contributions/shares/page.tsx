import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { JointParts } from '@/components/contributions/joint-parts'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import { requireActor } from '@/lib/auth/session'
import { listJoint } from '@/lib/contributions/list-joint'
import { answerSharesAction, proposeSharesAction } from './actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('contributions.shares')
  return { title: t('title') }
}

/** What one wrote with others, and whose which part of it is. */
export default async function SharesPage() {
  const actor = await requireActor('student')
  const [t, { items, timeZone }] = await Promise.all([getTranslations('contributions.shares'), listJoint(actor)])
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        action={
          <TextLink href="/contributions" className="text-sm">
            {t('back')}
          </TextLink>
        }
      />
      {items.length === 0 ? (
        <Panel flush>
          <EmptyState icon="users" title={t('none')}>
            {t('noneText')}
          </EmptyState>
        </Panel>
      ) : (
        <div className="space-y-6">
          {items.map((item) => (
            <JointParts
              key={item.contributionId}
              item={item}
              timeZone={timeZone}
              propose={proposeSharesAction}
              answer={answerSharesAction}
            />
          ))}
        </div>
      )}
    </>
  )
}
