import { readFile } from 'node:fs/promises'

/** A file's text; `-` is the standard input, so that what is in it need not touch the disk. */
export async function readInput(path: string): Promise<string> {
  if (path !== '-') return readFile(path, 'utf8')
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
