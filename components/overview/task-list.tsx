import { getLocale, getTranslations } from 'next-intl/server'
import { LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Icon, type IconName } from '@/components/ui/icon'
import type { Task } from '@/lib/people/view'

const ICONS: Record<Task['code'], IconName> = {
  import_roster: 'spreadsheet',
  publish_policy: 'policy',
  create_term: 'calendar',
  assign_reviewers: 'users',
  confirm_roster: 'spreadsheet',
  approve: 'stamp',
  evidence_failed: 'warning',
  department_without_reviewer: 'warning',
  claims_without_department: 'warning',
  nominations: 'catalog',
  file: 'inbox',
  close_term: 'calendar',
}

function wayOf(task: Task): string {
  switch (task.code) {
    case 'import_roster':
      return '/admin/roster'
    case 'publish_policy':
      return '/admin/policies'
    case 'create_term':
      return '/admin/terms/new'
    case 'assign_reviewers':
      return '/admin/people?role=reviewer'
    case 'confirm_roster':
      return `/admin/roster/${task.importId}`
    case 'approve':
      return '/admin/approvals'
    case 'evidence_failed':
      return '/admin/approvals#evidence'
    case 'department_without_reviewer':
      return '/admin/people?role=reviewer'
    case 'claims_without_department':
      return '/admin/approvals#unassigned'
    case 'nominations':
      return '/admin/catalog/nominations'
    case 'file':
      return '/admin/filings'
    case 'close_term':
      return `/admin/terms/${task.termId}`
  }
}

/** What the words of a task are filled with. */
function valuesOf(task: Task, locale: string): Record<string, string | number> {
  return {
    count: 'count' in task ? task.count : 0,
    late: 'late' in task ? task.late : 0,
    days: 'days' in task ? task.days : 0,
    department: 'departmentName' in task ? task.departmentName : '',
    term: 'term' in task ? (locale === 'en' ? task.term.nameEn : task.term.nameZh) : '',
  }
}

/** What is to be done, the most pressing first. */
export async function TaskList({ tasks }: { tasks: readonly Task[] }) {
  const [t, locale] = await Promise.all([getTranslations('overview'), getLocale()])
  if (tasks.length === 0) return <EmptyState icon="check" title={t('tasks.none')} />
  return (
    <ol className="divide-y divide-line">
      {tasks.map((task, index) => (
        <li
          key={`${task.code} ${wayOf(task)} ${'departmentName' in task ? task.departmentName : ''}`}
          className="flex flex-wrap items-center gap-3 py-3 first:pt-0 last:pb-0"
        >
          <Icon name={ICONS[task.code]} className="size-5 text-ink-faint" />
          <p className="min-w-0 flex-1 basis-52">{t(`task.${task.code}.text`, valuesOf(task, locale))}</p>
          <LinkButton href={wayOf(task)} size="sm" variant={index === 0 ? 'primary' : 'secondary'}>
            {t(`task.${task.code}.go`)}
          </LinkButton>
        </li>
      ))}
    </ol>
  )
}
