import type pg from 'pg'
import { type Cell, copyRows } from './copy-rows'
import { type BenchClaim, type BenchMember, DAY_MS, Dice, idOf } from './world'

const KIND = { event: 19, notification: 20, export: 21 }

type History = { members: readonly BenchMember[]; claims: readonly BenchClaim[]; now: Date }

/** What is written down beside the work: sign-ins and claims in the audit, notices to students, reports of admins. */
export async function seedHistory(client: pg.Client, { members, claims, now }: History): Promise<void> {
  const dice = new Dice(17)
  const ago = (most: number) => new Date(now.getTime() - dice.roll() * most * DAY_MS)
  const events = [
    ...members.flatMap((member) => [1, 2, 3, 4].map((): Cell[] => eventOf(member, ago(200), signIn(member)))),
    ...claims.flatMap(({ id, owner, queuedAt, items }) => [
      eventOf(owner, queuedAt, { action: 'claim.created', kind: 'claim', id, data: { claimId: id, termId: id } }),
      eventOf(owner, queuedAt, {
        action: 'claim.edited',
        kind: 'claim',
        id,
        data: { claimId: id, items: items.length },
      }),
    ]),
  ].map((cells, index) => [idOf(KIND.event, index), ...cells])
  await copyRows(
    client,
    'audit_event',
    [
      ...['id', 'university_id', 'occurred_at', 'actor_kind', 'actor_name', 'actor_member_id', 'action'],
      ...['subject_kind', 'subject_id', 'data'],
    ],
    events,
  )
  await copyRows(
    client,
    'notification',
    ['university_id', 'id', 'member_id', 'code', 'data', 'created_at', 'read_at'],
    claims.flatMap(({ id, owner, items, queuedAt }, index): Cell[][] => {
      const data = { claimId: id, termCode: 't6', items: items.length }
      const of = (code: string, step: number): Cell[] => [
        ...[owner.university.id, idOf(KIND.notification, index * 2 + step), owner.memberId, code, { json: data }],
        ...[queuedAt, index % 3 === 0 ? null : queuedAt],
      ]
      return [of('claim_submitted', 0), of('claim_evidence_complete', 1)]
    }),
  )
  const admins = members.filter(({ role }) => role === 'admin')
  await copyRows(
    client,
    'report_export',
    [
      ...['university_id', 'id', 'format', 'filter', 'row_count', 'content_sha256', 'signed_head', 'member_id'],
      ...['created_at'],
    ],
    admins.flatMap((admin, index) =>
      Array.from({ length: 10 }, (_, step): Cell[] => [
        ...[admin.university.id, idOf(KIND.export, index * 10 + step), 'csv', { json: {} }, 900, '0'.repeat(64)],
        ...['header.payload.signature', admin.memberId, ago(200)],
      ]),
    ),
  )
}

type Happened = { action: string; kind: string; id: string; data: unknown }

function signIn({ university, memberId }: BenchMember): Happened {
  const data = { provider: `oidc-${university.slug}` }
  return { action: 'session.started', kind: 'member', id: memberId, data }
}

function eventOf({ university, memberId, name }: BenchMember, at: Date, { action, kind, id, data }: Happened): Cell[] {
  return [university.id, at, 'member', name, memberId, action, kind, id, { json: data }]
}
