'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Progress } from '@/components/ui/progress'

type Moving = { label: string; note: string; value: number | null; max: number }

const ASK_EVERY_MS = 2000
/** A server that fails is asked less and less. */
const ASK_AT_MOST_EVERY_MS = 30_000

function isMoving(value: unknown): value is Moving {
  return typeof value === 'object' && value !== null && 'label' in value
}

/** A bar that follows a sync; when it ends, the page is fetched anew. Without script the page shows how it stood. */
export function LiveSync({ accountId, initial }: { accountId: string; initial: Moving }) {
  const router = useRouter()
  const [moving, setMoving] = useState(initial)
  useEffect(() => {
    let wait = ASK_EVERY_MS
    let timer: ReturnType<typeof setTimeout>
    const stop = new AbortController()
    async function ask() {
      try {
        const response = await fetch(`/api/accounts/status?accountId=${accountId}`, { signal: stop.signal })
        if (!response.ok) throw new Error('no answer')
        const { progress } = await response.json()
        if (!isMoving(progress)) return router.refresh()
        setMoving(progress)
        wait = ASK_EVERY_MS
      } catch {
        wait = Math.min(wait * 2, ASK_AT_MOST_EVERY_MS)
      }
      if (!stop.signal.aborted) timer = setTimeout(ask, wait)
    }
    timer = setTimeout(ask, wait)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [accountId, router])
  return <Progress label={moving.label} note={moving.note} value={moving.value} max={moving.max} />
}
