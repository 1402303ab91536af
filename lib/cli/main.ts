import { requireEnv } from '@/lib/config/require-env'
import { closeDatabase } from '@/lib/db/client'
import { EXIT, tellFailure } from './outcome'
import { buildProgram } from './program'

let code: number = EXIT.ok
const program = buildProgram(
  (exit) => {
    code = exit
  },
  // Not before: --help needs no configuration.
  () => requireEnv(),
)

try {
  await program.parseAsync()
} catch (error) {
  code = tellFailure(error, { json: process.argv.includes('--json') })
} finally {
  await closeDatabase()
}
process.exitCode = code
