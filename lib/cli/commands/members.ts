import { type Command, Option } from 'commander'
import { ROLES, type Role } from '@/lib/domain/actor'
import { PLATFORMS, type Platform } from '@/lib/domain/platform'
import { grantRoleByNumber } from '@/lib/people/grant-role-by-number'
import { requestMemberSync } from '@/lib/sync/request-member-sync'
import { type ImportOptions, importRoster } from '../import-roster'
import { type OperatorOptions, operatorAt } from '../operator'
import { atUniversity, type Perform } from '../options'

type Common = OperatorOptions & { json?: boolean }

/** Commands about the people of a university. */
export function addMembers(program: Command, perform: Perform): void {
  atUniversity(program.command('grant-role'))
    .description('give a member a role; it stays whatever roster and sign-in say')
    .requiredOption('--number <number>', '学号 or staff number')
    .addOption(new Option('--role <role>', 'the role').choices(ROLES).makeOptionMandatory())
    .action((options: Common & { number: string; role: Role }) =>
      perform(async () => {
        const actor = await operatorAt(options, 'grant-role')
        const { memberId } = await grantRoleByNumber(actor, options)
        return { values: { memberId, role: options.role }, lines: [`${options.number} is ${options.role} now`] }
      }, options),
    )
  atUniversity(program.command('import-roster'))
    .description('bring members in from xlsx or CSV: whole or not at all')
    .argument('<file>', 'the roster')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--leave-out-bad', 'leave bad rows out, instead of refusing the file for them')
    .action((file: string, options: Common & ImportOptions) => perform(() => importRoster(file, options), options))
  atUniversity(program.command('sync-account'))
    .description("read a member's linked accounts again, with the university's credential")
    .requiredOption('--number <number>', '学号')
    .addOption(new Option('--platform <platform>', 'only of this platform').choices(PLATFORMS))
    .action((options: Common & { number: string; platform?: Platform }) =>
      perform(async () => {
        const actor = await operatorAt(options, 'sync-account')
        const requested = await requestMemberSync(actor, { ...options, platform: options.platform ?? null })
        const lines = requested.map(
          ({ platform, login, joined }) => `${platform} @${login}: ${joined ? 'is being read already' : 'queued'}`,
        )
        return { values: { requested }, lines }
      }, options),
    )
}
