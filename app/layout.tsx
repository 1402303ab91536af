import type { Metadata, Viewport } from 'next'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { readPreferences } from '@/lib/i18n/preferences'
import '@/app/globals.css'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common')
  return {
    title: { default: t('title'), template: `%s · ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    formatDetection: { telephone: false, email: false, address: false },
  }
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f5ee' },
    { media: '(prefers-color-scheme: dark)', color: '#16181a' },
  ],
}

/** Language and theme come from cookies and are in the first byte: nothing flashes, nothing moves. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const { locale, theme } = await readPreferences()
  return (
    <html lang={locale} data-theme={theme}>
      <body>{children}</body>
    </html>
  )
}
