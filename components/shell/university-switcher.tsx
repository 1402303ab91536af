import { getTranslations } from 'next-intl/server'
import { Icon } from '@/components/ui/icon'
import { Menu } from '@/components/ui/menu'

export type UniversityChoice = { universityId: string; name: string; current: boolean }

type Props = {
  universities: readonly UniversityChoice[]
  /** Server action that takes `universityId`; needed where there is more than one. */
  switchAction?: ((data: FormData) => Promise<void>) | undefined
}

/** Where the member is; a person at two universities goes over from here, in sight on every page. */
export async function UniversitySwitcher({ universities, switchAction }: Props) {
  const current = universities.find((university) => university.current)
  if (current === undefined) return null
  if (universities.length === 1 || switchAction === undefined) {
    return <p className="min-w-0 truncate text-ink-soft text-sm">{current.name}</p>
  }
  const t = await getTranslations('shell')
  return (
    <Menu
      label={t('university.switch', { name: current.name })}
      button={
        <>
          <span className="truncate">{current.name}</span>
          <Icon name="chevron-down" />
        </>
      }
      className="relative min-w-0"
      buttonClassName="flex min-h-9 max-w-full items-center gap-1 rounded-md px-2 text-ink-soft text-sm hover:bg-wash hover:text-ink"
      panelClassName="absolute start-0 top-full z-40 mt-1 min-w-56 rounded-lg border border-line bg-sheet p-1.5 shadow-[0_6px_24px_rgb(0_0_0/0.14)]"
    >
      <form action={switchAction}>
        <p className="px-2 py-1 text-ink-faint text-xs">{t('university.label')}</p>
        {universities.map((university) => (
          <button
            key={university.universityId}
            type="submit"
            name="universityId"
            value={university.universityId}
            aria-current={university.current || undefined}
            className="flex min-h-9 w-full items-center justify-between gap-3 rounded-md px-2 text-start text-sm hover:bg-wash"
          >
            {university.name}
            {university.current ? <Icon name="check" className="size-4 text-jade" /> : null}
          </button>
        ))}
      </form>
    </Menu>
  )
}
