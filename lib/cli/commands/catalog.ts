import { type Command, Option } from 'commander'
import { changeSharedEntry } from '@/lib/catalog/change-shared-entry'
import { decideOptOut } from '@/lib/catalog/decide-opt-out'
import { listOptOuts } from '@/lib/catalog/list-opt-outs'
import { catalogKey, decideOptOutInput, optOutQueueQuery, sharedEntryInput } from '@/lib/catalog/schema'
import type { OptOutRequest } from '@/lib/catalog/view'
import type { OperatorActor } from '@/lib/domain/actor'
import { CATALOG_KINDS, CATALOG_STATUSES, CATALOG_TIERS } from '@/lib/domain/catalog'
import { PLATFORMS } from '@/lib/domain/platform'
import { nameOf, ownerOf } from '@/lib/domain/repository-name'
import { operatorName } from '../operator'
import type { Perform } from '../options'
import { parseJson } from '../parse-json'

type Common = { reason: string; operator?: string; json?: boolean }
type Place = { platform: string; repository: string }
type Set = Common & Place & { status: string; kind?: string; tier?: string; landing?: string }
type Listing = { state: string; cursor?: string; operator?: string; json?: boolean }

/** Commands about the shared base of the catalog, and about what maintainers ask for. */
export function addCatalog(program: Command, perform: Perform): void {
  const catalog = program.command('catalog').description('the shared base of the catalog, for all universities')
  at(catalog.command('set'))
    .description("say the shared base's word on a repository, or on all of an owner (owner/*)")
    .addOption(new Option('--status <status>', 'does it count').choices(CATALOG_STATUSES).makeOptionMandatory())
    .addOption(new Option('--kind <kind>', 'what it is').choices(CATALOG_KINDS))
    .addOption(new Option('--tier <tier>', 'how demanding it is').choices(CATALOG_TIERS))
    .option('--landing <json>', 'how changes land: a list of rules, see docs/catalog.md')
    .action((options: Set) => perform(() => setEntry(options), options))
  at(catalog.command('opt-out'))
    .description('leave a repository, or all of an owner, out because its maintainers ask for it')
    .action((options: Common & Place) => perform(() => setEntry({ ...options, status: 'opted_out' }), options))
  catalog
    .command('requests')
    .description('what maintainers ask for on the public page, the longest waiting first')
    .addOption(new Option('--state <state>', 'which').choices(['open', 'granted', 'refused']).default('open'))
    .option('--cursor <cursor>', 'go on where the last answer ended')
    .option('--operator <name>', 'who asks; left out: who is signed in to this machine')
    .option('--json', 'answer with one line of JSON')
    .action((options: Listing) => perform(() => listRequests(options), options))
  answer(catalog.command('grant'), 'leave out what a maintainer asked for', 'granted', perform)
  answer(catalog.command('refuse'), 'refuse what a maintainer asked for', 'refused', perform)
}

function at(command: Command): Command {
  return withReason(command)
    .addOption(new Option('--platform <platform>', 'where').choices(PLATFORMS).makeOptionMandatory())
    .requiredOption('--repository <name>', 'owner/name, or owner/* for all of the owner')
}

/** The reason is read by students, and by who asked. */
function withReason(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why: students read it beside the line')
    .option('--operator <name>', 'who the audit names; left out: who is signed in to this machine')
    .option('--json', 'answer with one line of JSON')
}

function answer(command: Command, what: string, state: 'granted' | 'refused', perform: Perform): void {
  withReason(command)
    .description(what)
    .requiredOption('--request <id>', 'as `catalog requests` names it')
    .action((options: Common & { request: string }) =>
      perform(async () => {
        const input = decideOptOutInput.parse({ requestId: options.request, state, reason: options.reason })
        const { fullName } = await decideOptOut(operatorOf(options), input, { now: new Date() })
        return { values: { requestId: input.requestId, state, fullName }, lines: [`${fullName}: ${state}`] }
      }, options),
    )
}

async function setEntry(options: Omit<Set, 'status'> & { status: string }) {
  const { platform, repository, status, kind, tier, landing, reason } = options
  const name = nameOf(repository)
  const key = catalogKey.parse({ platform, owner: ownerOf(repository), name: name === '*' ? '' : name })
  const word = sharedEntryInput.parse({
    ...{ platform, owner: key.owner, name: key.name ?? '', status, reason, kind, tier },
    ...(landing === undefined ? {} : { landing: parseJson(landing, 'landing') }),
  })
  const { kind: saidKind, tier: saidTier, landing: saidLanding, ...always } = word
  await changeSharedEntry(
    operatorOf(options),
    {
      ...always,
      ...(saidKind ? { kind: saidKind } : {}),
      ...(saidTier ? { tier: saidTier } : {}),
      ...(saidLanding ? { landing: saidLanding } : {}),
    },
    { now: new Date() },
  )
  return { values: { platform, repository, status }, lines: [`${platform} ${repository}: ${status}`] }
}

async function listRequests(options: Listing) {
  const query = optOutQueueQuery.parse({ state: options.state, cursor: options.cursor ?? null })
  const { requests, nextCursor } = await listOptOuts(operatorOf({ ...options, reason: '' }), query)
  const more = nextCursor === null ? [] : [`more with --cursor ${nextCursor}`]
  return { values: { requests, nextCursor }, lines: [...requests.map(inWords), ...more] }
}

function inWords({ id, platform, owner, name, login, createdAt, message }: OptOutRequest): string {
  const day = createdAt.toISOString().slice(0, 10)
  return `${id}  ${day}  ${platform} ${owner}/${name ?? '*'}  @${login}: ${message.replace(/\s+/g, ' ')}`
}

function operatorOf({ operator, reason }: { operator?: string; reason: string }): OperatorActor {
  return { kind: 'operator', name: operatorName(operator), reason, universityId: null }
}
