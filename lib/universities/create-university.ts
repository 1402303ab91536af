import { randomUUID } from 'node:crypto'
import { recordAuditEvent } from '@/lib/db/audit-events'
import { isUniqueViolation } from '@/lib/db/errors'
import { insertPolicyDraft, publishPolicyDraft } from '@/lib/db/policy-versions'
import { type Tx, withScope } from '@/lib/db/scope'
import { insertUniversity } from '@/lib/db/universities'
import type { OperatorActor } from '@/lib/domain/actor'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'
import { AppError } from '@/lib/domain/errors'
import { assertCan } from '@/lib/domain/permissions'
import { type CreateUniversityInput, createUniversitySchema } from './schema'

/**
 * Adds a university with the usual rules as its first published version. It has nobody and no way to sign in yet.
 * @throws AppError conflict `university_slug_taken`; ZodError for a bad shape
 */
export async function createUniversity(
  actor: OperatorActor,
  input: CreateUniversityInput,
  { now }: { now: Date } = { now: new Date() },
): Promise<{ universityId: string }> {
  assertCan(actor, 'university.create')
  const { slug, ...names } = createUniversitySchema.parse(input)
  const universityId = randomUUID()
  try {
    await withScope({ universityId }, async (tx) => {
      await insertUniversity(tx, { id: universityId, slug, ...names, createdAt: now })
      await publishDefaultPolicy(tx, { universityId, now })
      await recordAuditEvent(tx, {
        actor,
        action: 'university.created',
        subject: { kind: 'university', id: universityId },
        data: { slug },
        occurredAt: now,
        universityId,
      })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'slug')) throw new AppError('conflict', 'university_slug_taken', { slug })
    throw error
  }
  return { universityId }
}

async function publishDefaultPolicy(tx: Tx, { universityId, now }: { universityId: string; now: Date }): Promise<void> {
  const draft = await insertPolicyDraft(tx, { universityId, policy: DEFAULT_POLICY, memberId: null, now })
  await publishPolicyDraft(tx, { id: draft.id, expectedSha256: draft.documentSha256, now })
}
