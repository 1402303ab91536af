import { Command } from 'commander'
import { addCatalog } from './commands/catalog'
import { addLedger } from './commands/ledger'
import { addMembers } from './commands/members'
import { addPerson } from './commands/person'
import { addReport } from './commands/report'
import { addSecrets } from './commands/secrets'
import { addSync } from './commands/sync'
import { addUniversities } from './commands/universities'
import type { Perform } from './options'
import { tell } from './outcome'

/** All of the operator's commands. */
export function buildProgram(onExit: (code: number) => void, begin: () => void): Command {
  const perform: Perform = async (work, { json = false }) => {
    begin()
    onExit(tell(await work(), { json }))
  }
  const program = new Command('yuanfen')
    .description(
      'Commands of whoever runs the deployment. What belongs to a university asks for a reason, which its admins read.',
    )
    .exitOverride()
    .showHelpAfterError('(--help shows what can be said)')
    .addHelpText('after', '\nExit codes: 0 done; 1 refused, or something is wrong; 2 the command was not understood.')
  addUniversities(program, perform)
  addMembers(program, perform)
  addCatalog(program, perform)
  addLedger(program, perform)
  addPerson(program, perform)
  addReport(program, perform)
  addSecrets(program, perform)
  addSync(program, perform)
  return program
}
