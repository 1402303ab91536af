import { getLocale } from 'next-intl/server'
import { CONTENT_TYPES, downloadAnswer } from '@/lib/http/answers'
import { createRoute } from '@/lib/http/route'
import { writeRosterTemplate } from '@/lib/people/roster-template'

/** An empty roster to fill in. */
export const GET = createRoute({
  name: 'roster.template',
  namespace: 'roster',
  page: '/admin/roster',
  run: async ({ actor }) => {
    const locale = (await getLocale()) === 'en' ? 'en' : 'zh'
    return downloadAnswer({
      body: await writeRosterTemplate(actor, { locale }),
      fileName: locale === 'zh' ? '名册模板.xlsx' : 'roster-template.xlsx',
      contentType: CONTENT_TYPES.xlsx,
    })
  },
})
