import { limitAttempts } from '@/lib/db/attempt-counters'
import { recordAuditEvent } from '@/lib/db/audit-events'
import {
  listOwnMemberships,
  MEMBER_SECTIONS,
  type OwnDataSection,
  type OwnMembership,
  PERSON_SECTIONS,
  readOwnData,
} from '@/lib/db/own-data'
import { type Scope, withScope } from '@/lib/db/scope'
import type { MemberActor } from '@/lib/domain/actor'
import { assertCan } from '@/lib/domain/permissions'
import { type Logger, log } from '@/lib/log/log'

export type OwnDataExport = { fileName: string; body: ReadableStream<Uint8Array> }

/**
 * Everything that is known about the actor, as one JSON document that is written while it is read: what belongs to the
 * person, then each university's part in that university's own scope. `complete: true` ends it; without that it broke.
 * @throws AppError rate_limited `too_many_exports`
 */
export async function exportOwnData(
  actor: MemberActor,
  _input: Record<never, never> = {},
  deps: { now: Date; log?: Pick<Logger, 'error'> } = { now: new Date() },
): Promise<OwnDataExport> {
  assertCan(actor, 'self.export')
  const { personId } = actor
  const { now } = deps
  const limit = { key: `export:${personId}`, limit: 10, windowSeconds: 3600 }
  await limitAttempts({ ...limit, code: 'too_many_exports' }, now)
  const memberships = await withScope({ personId }, (tx) => listOwnMemberships(tx, personId))
  for (const membership of memberships) await recordExport(actor, membership, now)
  // The answer has begun: nobody but the log can be told.
  const broken = (error: unknown) => (deps.log ?? log).error('own_data_export_broke', { personId, error })
  const fileName = `yuanfen-${now.toISOString().slice(0, 10)}.json`
  return { fileName, body: toStream(write({ personId, memberships, now }), broken) }
}

/** Each university whose part is handed out can see that it was. */
async function recordExport(actor: MemberActor, membership: OwnMembership, now: Date): Promise<void> {
  const { universityId, memberId } = membership
  await withScope({ universityId, personId: actor.personId }, (tx) =>
    recordAuditEvent(tx, {
      actor: { ...actor, universityId, memberId },
      action: 'personal_data.exported',
      subject: { kind: 'person', id: actor.personId },
      data: {},
      occurredAt: now,
    }),
  )
}

type Source = { personId: string; memberships: readonly OwnMembership[]; now: Date }

async function* write({ personId, memberships, now }: Source): AsyncGenerator<string> {
  yield `{"format":"yuanfen-own-data","version":1,"exportedAt":${JSON.stringify(now)}`
  for (const section of PERSON_SECTIONS) {
    yield* writeSection(section, { scope: { personId }, who: { personId } })
  }
  yield ',"universities":['
  for (const [index, { universityId, memberId, slug, nameZh, nameEn }] of memberships.entries()) {
    const head = JSON.stringify({ universityId, slug, nameZh, nameEn })
    yield `${index === 0 ? '' : ','}${head.slice(0, -1)}`
    const from = { scope: { personId, universityId }, who: { personId, universityId, memberId } }
    for (const section of MEMBER_SECTIONS) yield* writeSection(section, from)
    yield '}'
  }
  yield '],"complete":true}\n'
}

async function* writeSection<Who>(
  section: OwnDataSection<Who>,
  from: { scope: Scope; who: Who },
): AsyncGenerator<string> {
  yield `,"${section.name}":[`
  let afterKey: string | null = null
  let first = true
  do {
    const at: { who: Who; afterKey: string | null } = { who: from.who, afterKey }
    const page = await withScope(from.scope, (tx) => readOwnData(tx, section, at))
    if (page.rows.length > 0) yield `${first ? '' : ','}${page.rows.join(',')}`
    first = false
    afterKey = page.lastKey
  } while (afterKey !== null)
  yield ']'
}

/** Reads on only as fast as the reader takes it. */
function toStream(parts: AsyncGenerator<string>, broken: (error: unknown) => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  // What fails because the reader went away is nobody's fault.
  let isLeft = false
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await parts.next()
        if (next.done) controller.close()
        else controller.enqueue(encoder.encode(next.value))
      } catch (error) {
        if (!isLeft) broken(error)
        throw error
      }
    },
    async cancel() {
      isLeft = true
      await parts.return(undefined)
    },
  })
}
