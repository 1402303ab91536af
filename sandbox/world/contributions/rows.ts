import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { PLATFORMS } from '../types'

/** One merged pull request of a contributions folder; unknown fields are let be. */
export const rowSchema = z.object({
  platform: z.enum(PLATFORMS),
  repo: z.string().regex(/^[^/]+\/[^/]+$/),
  number: z.int().positive(),
  title: z.string(),
  author: z.string().min(1),
  author_id: z.int().positive().nullable(),
  authored_at: z.iso.datetime({ offset: true }),
  merged_at: z.iso.datetime({ offset: true }),
  merge_commit_sha: z.string(),
  additions: z.int().nonnegative(),
  deletions: z.int().nonnegative(),
  changed_files: z.int().nonnegative(),
  top_paths: z.array(z.object({ path: z.string(), add: z.int(), del: z.int() })),
  co_authors: z.array(z.string()),
  base_branch: z.string(),
  reverted_by: z.int().nullable(),
  reverted_by_sha: z.string().nullish(),
  reviewers: z.array(z.string()).optional(),
})
export type ContributionRow = z.infer<typeof rowSchema>

const duplicateSchema = z.object({
  platform: z.enum(PLATFORMS),
  repo: z.string(),
  number: z.int(),
  merge_commit_sha: z.string(),
  also_in: z.string(),
})
export type MirroredDuplicate = z.infer<typeof duplicateSchema>

export type ContributionsFolder = { rows: readonly ContributionRow[]; duplicates: readonly MirroredDuplicate[] }

/** Reads a whole folder; a line that is not as described stops it, named by file and line. */
export function readContributions(directory: string): ContributionsFolder {
  const rows = PLATFORMS.flatMap((platform) => {
    const folder = path.join(directory, platform)
    return filesIn(folder).flatMap((file) => readLines(path.join(folder, file), rowSchema))
  })
  return { rows, duplicates: readLines(path.join(directory, 'mirrored-duplicates.jsonl'), duplicateSchema, true) }
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
  } catch {
    return []
  }
}

function readLines<T>(file: string, schema: z.ZodType<T>, isOptional = false): readonly T[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (isOptional) return []
    throw error
  }
  const values: T[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const parsed = schema.safeParse(JSON.parse(line))
    if (!parsed.success) throw new Error(`${file}:${index + 1}: ${z.prettifyError(parsed.error)}`)
    values.push(parsed.data)
  }
  return values
}
