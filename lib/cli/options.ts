import type { Command } from 'commander'
import type { Outcome } from './outcome'

/** Runs a command's work and writes its answer; the exit code is kept for the end. */
export type Perform = (work: () => Promise<Outcome>, options: { json?: boolean }) => Promise<void>

/** Options of every command that looks into a university. */
export function withReason(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why you look into the university: its admins read it in their audit')
    .option('--operator <name>', 'who the audit names; left out: who is signed in to this machine')
    .option('--json', 'answer with one line of JSON')
}

/** The same for a command about one university. */
export function atUniversity(command: Command): Command {
  return withReason(command.requiredOption('--university <slug>', 'the university'))
}
