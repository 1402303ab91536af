import { type Command, Option } from 'commander'
import { z } from 'zod'
import { oidcSettings } from '@/lib/auth/connection-settings'
import { githubAppSettingsSchema } from '@/lib/platforms/university-credential'
import { createUniversity } from '@/lib/universities/create-university'
import { setConnection } from '@/lib/universities/set-connection'
import { operatorAt, operatorName } from '../operator'
import { atUniversity, type Perform } from '../options'
import { parseJson } from '../parse-json'
import { readInput } from '../read-input'

const CONNECTIONS = {
  oidc: oidcSettings,
  github_app: githubAppSettingsSchema,
  gitee_token: z.strictObject({}),
  gitcode_token: z.strictObject({}),
  huggingface_token: z.strictObject({}),
} as const
type Kind = keyof typeof CONNECTIONS

type Create = { nameZh: string; nameEn: string; timeZone: string; operator?: string; json?: boolean }
type Connect = {
  university: string
  reason: string
  operator?: string
  json?: boolean
  kind: Kind
  settings: string
  secretFile: string
}

/** Commands about universities themselves. */
export function addUniversities(program: Command, perform: Perform): void {
  program
    .command('create-university')
    .description('add a university with the usual rules; connect its sign-in next')
    .argument('<slug>', 'short and lower case, it stands in addresses')
    .requiredOption('--name-zh <name>', 'its name in Chinese')
    .requiredOption('--name-en <name>', 'its name in English')
    .option('--time-zone <name>', 'the zone its days begin and end in', 'Asia/Shanghai')
    .option('--operator <name>', 'who the audit names; left out: who is signed in to this machine')
    .option('--json', 'answer with one line of JSON')
    .action((slug: string, options: Create) =>
      perform(async () => {
        const { nameZh, nameEn, timeZone } = options
        const actor = {
          kind: 'operator',
          name: operatorName(options.operator),
          reason: '',
          universityId: null,
        } as const
        const { universityId } = await createUniversity(actor, { slug, nameZh, nameEn, timeZone })
        return { values: { universityId, slug }, lines: [`${slug}: added as ${universityId}`] }
      }, options),
    )
  atUniversity(program.command('connect'))
    .description('set up how a university is reached: its sign-in, its GitHub App, its tokens at other platforms')
    .addOption(new Option('--kind <kind>', 'what is set up').choices(Object.keys(CONNECTIONS)).makeOptionMandatory())
    .option('--settings <json>', 'see docs/university-sign-in.md', '{}')
    .requiredOption('--secret-file <path>', 'the client secret, private key or token; - reads it from the input')
    .action((options: Connect) => perform(() => connect(options), options))
}

async function connect(options: Connect) {
  const { kind, university } = options
  const settings = CONNECTIONS[kind].parse(parseJson(options.settings, 'settings'))
  const secret = (await readInput(options.secretFile)).trim()
  const actor = await operatorAt(options, `connect ${kind}`)
  await setConnection(actor, { kind, settings: JSON.parse(JSON.stringify(settings)), secret })
  return { values: { university, kind }, lines: [`${university}: ${kind} is set up`] }
}
