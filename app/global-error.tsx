'use client'

import { Failure } from '@/components/shell/failure'
import '@/app/globals.css'

/** Stands in for the whole document when the layout itself failed; the theme follows the device. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="zh-CN" data-theme="system">
      <body>
        <main id="main">
          <Failure error={error} retry={retry} />
        </main>
      </body>
    </html>
  )
}
