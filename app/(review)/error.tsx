'use client'

import { Failure } from '@/components/shell/failure'

/** A page that failed, in the frame that the reader was in: every other page is still a click away. */
export default function ReviewErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <Failure error={error} retry={retry} />
}
