import type { Platform } from '@/lib/domain/platform'
import type { Tx } from './scope'

/**
 * Writes down records of a repository that could not be used. One that is met again keeps the time when it was met first.
 */
export async function saveRepositorySkips(
  tx: Tx,
  of: { platform: Platform; sourceKey: string; seenAt: Date },
  skips: readonly { reference: string; reason: string }[],
): Promise<void> {
  if (skips.length === 0) return
  // One record twice on a page would meet itself.
  const rows = [...new Map(skips.map((skip) => [skip.reference.slice(0, 300), skip.reason]))]
  await tx.$executeRaw`
    insert into repository_skip (platform, source_key, reference, reason, first_seen_at, seen_at)
    select ${of.platform}, ${of.sourceKey}, s.reference, s.reason, ${of.seenAt}::timestamptz, ${of.seenAt}::timestamptz
      from unnest(${rows.map(([reference]) => reference)}::text[], ${rows.map(([, reason]) => reason)}::text[]) as s(reference, reason)
    on conflict (platform, source_key, reference) do update set reason = excluded.reason, seen_at = excluded.seen_at`
}
