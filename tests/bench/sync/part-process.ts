/** One part of the benchmark in a process of its own: configuration is read once a process, and memory is its own. */
import { z } from 'zod'
import { benchByRepository } from './by-repository'
import { benchIngest } from './ingest'
import { benchNightly } from './nightly'

const sizes = z
  .object({ accounts: z.number(), repositories: z.number(), students: z.number(), rows: z.number() })
  .parse(JSON.parse(process.argv[3] ?? '{}'))
const say = (words: string) => console.error(words)

const parts: Record<string, () => Promise<unknown>> = {
  nightly: () => benchNightly(sizes.accounts, say),
  byRepository: () => benchByRepository(sizes, say),
  ingest: () => benchIngest(sizes.rows, say),
}

const part = parts[process.argv[2] ?? '']
if (part === undefined) throw new Error('no such part')
console.log(JSON.stringify(await part()))
process.exit(0)
