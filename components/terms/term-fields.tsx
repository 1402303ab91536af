import { getTranslations } from 'next-intl/server'
import { TextField } from '@/components/ui/fields'
import type { TermView } from '@/lib/people/view'

/** What a term is made of. `isFixed`: its code and days were calculated by, and stay. */
export async function TermFields({ term, isFixed }: { term: TermView | null; isFixed: boolean }) {
  const t = await getTranslations('terms')
  const fixed = isFixed ? { readOnly: true, className: 'bg-wash' } : {}
  return (
    <>
      <TextField
        name="code"
        label={t('form.code')}
        hint={t('form.codeHint')}
        defaultValue={term?.code}
        required
        maxLength={32}
        {...fixed}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField name="nameZh" label={t('form.nameZh')} defaultValue={term?.nameZh} required maxLength={80} />
        <TextField name="nameEn" label={t('form.nameEn')} defaultValue={term?.nameEn} required maxLength={80} />
        <TextField
          name="firstDay"
          type="date"
          label={t('form.firstDay')}
          defaultValue={term?.firstDay}
          required
          {...fixed}
        />
        <TextField
          name="lastDay"
          type="date"
          label={t('form.lastDay')}
          defaultValue={term?.lastDay}
          required
          {...fixed}
        />
      </div>
    </>
  )
}
