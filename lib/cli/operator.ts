import { userInfo } from 'node:os'
import { recordLook } from '@/lib/audit/record-look'
import type { OperatorActor } from '@/lib/domain/actor'
import { getUniversity } from '@/lib/universities/find-universities'

export type OperatorOptions = { university: string; reason: string; operator?: string | undefined }

/** Who the audit names: what `--operator` says, else who is signed in to the machine. */
export function operatorName(given: string | undefined): string {
  return given ?? process.env.SUDO_USER ?? userInfo().username
}

/** The operator at a university, with the reason written down there before anything is looked at. */
export async function operatorAt(options: OperatorOptions, command: string): Promise<OperatorActor> {
  const { id: universityId } = await getUniversity(options.university)
  const name = operatorName(options.operator)
  const actor: OperatorActor = { kind: 'operator', name, reason: options.reason, universityId }
  await recordLook(actor, { command })
  return actor
}
