import type { Command } from 'commander'
import type { OperatorActor } from '@/lib/domain/actor'
import { listNamedUniversities } from '@/lib/universities/find-universities'
import { type Resealed, resealConnections, resealPassingSecrets } from '@/lib/universities/reseal-secrets'
import { operatorAt, operatorName } from '../operator'
import { type Perform, withReason } from '../options'
import type { Outcome } from '../outcome'

type Options = { reason: string; operator?: string; json?: boolean }

/** Commands about what is sealed at rest. */
export function addSecrets(program: Command, perform: Perform): void {
  const secrets = program.command('secrets').description('what is sealed with the keys of SEALING_KEYS')
  withReason(secrets.command('reseal'))
    .description('seal with the first key of the ring what another one sealed; then that one may leave the ring')
    .action((options: Options) => perform(() => reseal(options), options))
}

async function reseal(options: Options): Promise<Outcome> {
  const found: (Resealed & { of: string })[] = []
  for (const { slug } of await listNamedUniversities(null)) {
    const actor = await operatorAt({ ...options, university: slug }, 'secrets reseal')
    found.push({ of: slug, ...(await resealConnections(actor)) })
  }
  const actor: OperatorActor = {
    kind: 'operator',
    name: operatorName(options.operator),
    reason: options.reason,
    universityId: null,
  }
  found.push({ of: 'linkings and syncs under way', ...(await resealPassingSecrets(actor)) })
  const failed = found.some(({ lost }) => lost > 0)
  return { values: { secrets: found }, lines: found.map(inWords), failed }
}

function inWords({ of, resealed, lost }: Resealed & { of: string }): string {
  const gone = lost === 0 ? '' : `; ${lost} opened with no key of the ring: set them up again`
  return `${of}: ${resealed === 0 ? 'nothing to seal anew' : `${resealed} sealed anew`}${gone}`
}
