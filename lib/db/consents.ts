import type { Tx } from './scope'

export const CONSENT_KINDS = ['linking'] as const
export type ConsentKind = (typeof CONSENT_KINDS)[number]

/** What a person agreed to, and whether it still holds. */
export type ConsentRow = { id: string; kind: string; version: number; grantedAt: Date; withdrawnAt: Date | null }

const select = { id: true, kind: true, version: true, grantedAt: true, withdrawnAt: true }

/** The consent that holds now, the newest first, or null. */
export async function findConsent(tx: Tx, personId: string, kind: ConsentKind): Promise<ConsentRow | null> {
  return tx.consent.findFirst({
    where: { personId, kind, withdrawnAt: null },
    orderBy: [{ version: 'desc' }, { grantedAt: 'desc' }],
    select,
  })
}

/** Everything a person ever agreed to or took back, newest first. */
export async function listConsents(tx: Tx, personId: string): Promise<ConsentRow[]> {
  return tx.consent.findMany({ where: { personId }, orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }], select })
}

export async function insertConsent(
  tx: Tx,
  consent: { personId: string; kind: ConsentKind; version: number; grantedAt: Date },
): Promise<void> {
  await tx.consent.createMany({ data: consent })
}

/** Takes every consent of a kind back; returns the versions that held until now. */
export async function withdrawConsents(
  tx: Tx,
  consent: { personId: string; kind: ConsentKind; withdrawnAt: Date },
): Promise<number[]> {
  const where = { personId: consent.personId, kind: consent.kind, withdrawnAt: null }
  const held = await tx.consent.findMany({ where, select: { version: true }, orderBy: { version: 'desc' } })
  await tx.consent.updateMany({ where, data: { withdrawnAt: consent.withdrawnAt } })
  return held.map(({ version }) => version)
}
