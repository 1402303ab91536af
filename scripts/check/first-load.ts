/**
 * `npx tsx scripts/check/first-load.ts [BUILD_FOLDER]`: the script that a page loads first, above that of an
 * empty page. Reads the build, so it knows every page, those behind the sign-in too. Exit code 1 past the limit.
 * The browser tests ask the same of the build that they run against (tests/e2e/first-load.spec.ts).
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as z from 'zod'

/** Gzip bytes that a page may load beyond what Next.js and React need for a page with nothing on it. */
export const FIRST_LOAD_LIMIT_BYTES = 40 * 1024

/** `files`: the scripts of the page beyond those of an empty one, below the build's folder. */
export type PageLoad = { page: string; files: readonly string[]; bytesAboveEmpty: number }
export type FirstLoad = { emptyPageFiles: readonly string[]; emptyPageBytes: number; pages: readonly PageLoad[] }

const buildManifest = z.object({ rootMainFiles: z.array(z.string()).min(1) })
const clientManifest = z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())).default({}) })

/** The manifest of a page is a script: `globalThis.__RSC_MANIFEST["/page"] = {…}`. */
function readClientManifest(path: string): { page: string; files: string[] } {
  const [, page, json] = /__RSC_MANIFEST\["([^"]+)"\]\s*=\s*(\{.*\});?\s*$/s.exec(readFileSync(path, 'utf8')) ?? []
  if (page === undefined || json === undefined) throw new Error(`${path} does not look like a manifest of Next.js`)
  return { page, files: Object.values(clientManifest.parse(JSON.parse(json)).entryJSFiles).flat() }
}

/**
 * Measures a build. The empty page is what every page loads whatever is on it (`rootMainFiles`): an empty page of
 * the same Next.js loads these and a little of its router, so the comparison is on the strict side.
 */
export function measureFirstLoad(buildFolder: string): FirstLoad {
  const manifest: unknown = JSON.parse(readFileSync(join(buildFolder, 'build-manifest.json'), 'utf8'))
  const root = new Set(buildManifest.parse(manifest).rootMainFiles)
  const sizes = new Map<string, number>()
  const sizeOf = (file: string) => {
    const size = sizes.get(file) ?? gzipSync(readFileSync(join(buildFolder, file))).byteLength
    sizes.set(file, size)
    return size
  }
  const sum = (files: Iterable<string>) => [...files].reduce((total, file) => total + sizeOf(file), 0)
  const pages = globSync('server/app/**/page_client-reference-manifest.js', { cwd: buildFolder }).map((path) => {
    const { page, files } = readClientManifest(join(buildFolder, path))
    const own = [...new Set(files.filter((file) => !root.has(file)))]
    return { page, files: own, bytesAboveEmpty: sum(own) }
  })
  const empty = { emptyPageFiles: [...root], emptyPageBytes: sum(root) }
  return { ...empty, pages: pages.toSorted((a, b) => b.bytesAboveEmpty - a.bytesAboveEmpty) }
}

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`

function main(buildFolder: string): number {
  if (!existsSync(join(buildFolder, 'build-manifest.json'))) {
    console.error(`There is no build in ${buildFolder}: npm run build first.`)
    return 2
  }
  const { emptyPageBytes, pages } = measureFirstLoad(buildFolder)
  if (pages.length === 0) {
    console.error(`The build in ${buildFolder} has no pages that can be read; has Next.js changed its manifests?`)
    return 2
  }
  console.log(`empty page ${kib(emptyPageBytes)} gzip; limit above it ${kib(FIRST_LOAD_LIMIT_BYTES)}`)
  for (const { page, bytesAboveEmpty } of pages) {
    const mark = bytesAboveEmpty > FIRST_LOAD_LIMIT_BYTES ? 'FAIL' : 'ok  '
    console.log(`${mark} +${kib(bytesAboveEmpty).padStart(9)}  ${page}`)
  }
  return pages.some((page) => page.bytesAboveEmpty > FIRST_LOAD_LIMIT_BYTES) ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exit(main(process.argv[2] ?? process.env.NEXT_DIST_DIR ?? '.next'))
}
