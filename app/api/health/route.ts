import { getHealth } from '@/lib/health/get-health'

export const dynamic = 'force-dynamic'

/** For whoever watches the deployment: 200 when all is well, 503 when not; the body says what. No sign-in needed. */
export async function GET(): Promise<Response> {
  const health = await getHealth()
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' },
  })
}
