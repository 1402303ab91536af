'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, Suspense, useState, useSyncExternalStore } from 'react'

type Props = {
  /** The shape of a page, shown while one is fetched. */
  skeleton: ReactNode
  children: ReactNode
}

const never = () => () => undefined

/**
 * The page, or the shape of one while a reader who is in the app already goes on to the next. The page that a
 * document brings has no such boundary: the answer waits for it, so that its status is true (404, a redirect) and it
 * is read without script. A `loading.tsx` cannot make the difference (docs/decisions/0009).
 */
export function Arriving({ skeleton, children }: Props) {
  const pathname = usePathname()
  return (
    <Once key={pathname} skeleton={skeleton}>
      {children}
    </Once>
  )
}

function Once({ skeleton, children }: Props) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  // Whether this page came with the document stays as it was: a boundary that comes later would begin the page anew.
  const [cameWithDocument] = useState(!inBrowser)
  return cameWithDocument ? children : <Suspense fallback={skeleton}>{children}</Suspense>
}
