/** Where a project says what it is built on, and in which world of packages its names are. */
export const DEPENDENCY_FILES = {
  'requirements.txt': 'pypi',
  'pyproject.toml': 'pypi',
  'setup.py': 'pypi',
  'setup.cfg': 'pypi',
  'environment.yml': 'pypi',
  'package.json': 'npm',
  'Cargo.toml': 'crates',
  'go.mod': 'go',
  'pom.xml': 'maven',
} as const
export type DependencyFileName = keyof typeof DEPENDENCY_FILES
export type Ecosystem = (typeof DEPENDENCY_FILES)[DependencyFileName]
export const DEPENDENCY_FILE_NAMES = Object.keys(DEPENDENCY_FILES).filter(isDependencyFile)

/** What is longer is no list that a person keeps. */
export const DEPENDENCY_FILE_MAX_BYTES = 256 * 1024
const NAMES_MAX = 400
const NAME_MAX_LENGTH = 120

/** Whether the name is one of the files that are read, at the root of a repository. */
export function isDependencyFile(name: string): name is DependencyFileName {
  return Object.hasOwn(DEPENDENCY_FILES, name)
}

/**
 * Names of the packages that a file lists, lower case, each once, in the file's order. Versions, comments, and packages by
 * address alone are left aside; what cannot be read names nothing. Never run, never fetched.
 */
export function readDependencyNames(file: DependencyFileName, text: string): string[] {
  const names = READERS[file](text.slice(0, DEPENDENCY_FILE_MAX_BYTES))
  const plain = names.map((name) => (DEPENDENCY_FILES[file] === 'pypi' ? pythonName(name) : name.toLowerCase()))
  return [...new Set(plain)].filter((name) => name !== '' && name.length <= NAME_MAX_LENGTH).slice(0, NAMES_MAX)
}

const READERS: Readonly<Record<DependencyFileName, (text: string) => string[]>> = {
  'requirements.txt': (text) => text.split(/\r?\n/).flatMap(fromRequirement),
  'pyproject.toml': fromPyproject,
  'setup.py': fromSetupPy,
  'setup.cfg': fromSetupCfg,
  'environment.yml': fromEnvironment,
  'package.json': fromPackageJson,
  'Cargo.toml': fromCargo,
  'go.mod': fromGoMod,
  'pom.xml': (text) => [...text.matchAll(/<artifactId>\s*([\w.-]+)\s*<\/artifactId>/g)].map(([, name = '']) => name),
}

/** As PyPI compares names. */
function pythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** `name[extra]>=1.0 ; marker  # comment`, or an address with `#egg=name`. */
function fromRequirement(line: string): string[] {
  const egg = /[#&]egg=([\w.-]+)/.exec(line)
  if (egg?.[1]) return [egg[1]]
  const [plain = ''] = line.split(/(?:^|\s)#/)
  const match = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[|[<>=!~;@(]|$)/.exec(plain)
  return match?.[1] ? [match[1]] : []
}

const quoted = (text: string): string[] =>
  [...text.matchAll(/"([^"\n]{0,300})"|'([^'\n]{0,300})'/g)].map(([, double, single]) => double ?? single ?? '')

const withoutComment = (line: string): string => line.replace(/(?:^|\s)#.*$/, '')

type Section = { name: string; lines: string[] }

/** The tables of a TOML or the sections of an INI file, as far as names are looked for. */
function sectionsOf(text: string): Section[] {
  const sections: Section[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[{1,2}([^[\]"]+(?:\[[^\]]*\])?[^[\]]*)\]{1,2}\s*(?:#.*)?$/.exec(line) ?? []
    if (name !== undefined && !/^\s*['",]/.test(name)) sections.push({ name: name.replace(/["'\s]/g, ''), lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections
}

function keysOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=/.exec(line)?.[1] ?? [])
}

/** Arrays of requirements, in all of a table or under one key of it, from the line that opens one to the line that ends it. */
function listsIn(lines: readonly string[], key: RegExp): string[] {
  const found: string[] = []
  let isInside = false
  for (const line of lines.map(withoutComment)) {
    const [, name, first] = /^\s*["']?([\w.-]+)["']?\s*=\s*\[(.*)$/.exec(line) ?? []
    const isOpening = !isInside && name !== undefined && key.test(name)
    if (isOpening) isInside = true
    if (!isInside) continue
    const rest = isOpening ? (first ?? '') : line
    found.push(...quoted(rest))
    // Brackets in a requirement stand within its quotes.
    if (rest.replace(/"[^"]*"|'[^']*'/g, '').includes(']')) isInside = false
  }
  return found
}

function fromPyproject(text: string): string[] {
  return sectionsOf(text).flatMap(({ name, lines }) => {
    if (name === 'project') return listsIn(lines, /^dependencies$/).flatMap(fromRequirement)
    if (name === 'project.optional-dependencies' || name === 'dependency-groups') {
      return listsIn(lines, /./).flatMap(fromRequirement)
    }
    if (!/^tool\.(?:poetry|pdm|uv|hatch)\b/.test(name) || !name.endsWith('dependencies')) return []
    return [...keysOf(lines).filter((key) => key !== 'python'), ...listsIn(lines, /./).flatMap(fromRequirement)]
  })
}

/** From an argument's bracket to where it is closed; what is never closed names nothing. */
function fromSetupPy(text: string): string[] {
  const names: string[] = []
  for (const { index, 0: whole } of text.matchAll(
    /(?:install_requires|extras_require|tests_require)\s{0,20}=\s{0,20}[[{]/g,
  )) {
    const list = untilClosed(text, index + whole.length)
    // In a dictionary what stands before a colon is the name of an extra.
    const lines = list.split('\n').map((line) => withoutComment(line).replace(/["'][^"'\n]{0,100}["']\s*:/g, ''))
    names.push(...lines.flatMap((line) => quoted(line).flatMap(fromRequirement)))
    if (names.length > NAMES_MAX) break
  }
  return names
}

const ARGUMENT_MAX_LENGTH = 20_000

function untilClosed(text: string, from: number): string {
  let depth = 1
  for (let at = from; at < Math.min(text.length, from + ARGUMENT_MAX_LENGTH); at += 1) {
    const sign = text.charAt(at)
    if (sign === '[' || sign === '{') depth += 1
    if (sign === ']' || sign === '}') depth -= 1
    if (depth === 0) return text.slice(from, at)
  }
  return ''
}

function fromSetupCfg(text: string): string[] {
  return sectionsOf(text).flatMap(({ name, lines }) => {
    if (name === 'options.extras_require') return lines.flatMap((line) => fromRequirement(line.replace(/^\w+\s*=/, '')))
    if (name !== 'options') return []
    const begins = lines.findIndex((line) => /^install_requires\s*=/.test(line))
    if (begins < 0) return []
    const rest = lines.slice(begins + 1)
    const ends = rest.findIndex((line) => /^\S/.test(line))
    const listed = [
      lines[begins]?.replace(/^install_requires\s*=/, '') ?? '',
      ...rest.slice(0, ends < 0 ? undefined : ends),
    ]
    return listed.flatMap(fromRequirement)
  })
}

/** `- name=1.2` of conda, and `- name>=1.2` of pip under it. */
function fromEnvironment(text: string): string[] {
  const lines = text.split(/\r?\n/)
  const begins = lines.findIndex((line) => /^dependencies:\s*$/.test(line))
  if (begins < 0) return []
  const rest = lines.slice(begins + 1)
  const ends = rest.findIndex((line) => /^[A-Za-z]/.test(line))
  return rest.slice(0, ends < 0 ? undefined : ends).flatMap((line) => {
    const [, listed] = /^\s*-\s*(?:[\w-]+::)?(.*)$/.exec(line) ?? []
    return listed === undefined || listed.startsWith('#') ? [] : fromRequirement(listed)
  })
}

function fromPackageJson(text: string): string[] {
  const parsed = parseJson(text)
  const lists = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']
  return lists.flatMap((list) => (isRecord(parsed) && isRecord(parsed[list]) ? Object.keys(parsed[list]) : []))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fromCargo(text: string): string[] {
  return sectionsOf(text).flatMap(({ name, lines }) => {
    const [, single] = /(?:^|\.)(?:dev-|build-)?dependencies\.([\w-]+)$/.exec(name) ?? []
    if (single) return [single]
    return /(?:^|\.)(?:dev-|build-)?dependencies$/.test(name) ? keysOf(lines) : []
  })
}

function fromGoMod(text: string): string[] {
  let isInside = false
  return text.split(/\r?\n/).flatMap((line) => {
    if (/^require\s*\(/.test(line)) isInside = true
    else if (line.startsWith(')')) isInside = false
    const [, path] = (isInside ? /^\s+([\w./~-]+)\s+v/ : /^require\s+([\w./~-]+)\s+v/).exec(line) ?? []
    return path ?? []
  })
}
