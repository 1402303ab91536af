import {
  CATALOG_KINDS,
  CATALOG_TIERS,
  type CatalogKind,
  type CatalogTier,
  OWN_STATUSES,
  type OwnStatus,
} from './catalog'
import { PLATFORM_TRAITS, PLATFORMS, type Platform } from './platform'
import { disarmCell } from './spreadsheet-cell'

/** Columns of a file of a university's own words on the catalog, in the order of an export. */
export const CATALOG_COLUMNS = [
  'platform',
  'owner',
  'name',
  'status',
  'kind',
  'tier',
  'branches',
  'reason',
  'version',
] as const
export type CatalogColumn = (typeof CATALOG_COLUMNS)[number]

/** Without these a row says nothing of anything; the others may be absent, as columns or as cells. */
export const REQUIRED_CATALOG_COLUMNS = ['platform', 'owner', 'status'] as const satisfies readonly CatalogColumn[]

/** What a row says: a word on a line, or that the university's own is taken back. Null leaves what is there. */
export type CatalogFileRow = {
  platform: Platform
  owner: string
  name: string | null
  status: OwnStatus | 'remove'
  kind: CatalogKind | null
  tier: CatalogTier | null
  branches: string[] | null
  reason: string
  /** The version that was exported: a guard against what others changed since. Null where the file does not say. */
  version: number | null
}

export const CATALOG_FILE_CODES = [
  'required',
  'too_short',
  'too_long',
  'unknown_word',
  'name_format',
  'version_format',
  'formula',
  'control_character',
] as const
export type CatalogFileCode = (typeof CATALOG_FILE_CODES)[number]
export type CatalogFileProblem = { column: CatalogColumn; code: CatalogFileCode; value: string }
export type CatalogFileResult =
  | { ok: true; row: CatalogFileRow }
  | { ok: false; problems: readonly CatalogFileProblem[] }

/** What the columns and the words in them are called in a file, by language. */
export const CATALOG_HEADINGS: Readonly<Record<CatalogColumn, { zh: string; en: string }>> = {
  platform: { zh: '平台', en: 'Platform' },
  owner: { zh: '所有者', en: 'Owner' },
  name: { zh: '仓库', en: 'Repository' },
  status: { zh: '状态', en: 'Status' },
  kind: { zh: '类别', en: 'Kind' },
  tier: { zh: '级别', en: 'Tier' },
  branches: { zh: '认可的分支', en: 'Branches' },
  reason: { zh: '理由', en: 'Reason' },
  version: { zh: '版本', en: 'Version' },
}

/** Words that stand for a value beside its code; compared without case and spaces. */
const STATUS_WORDS: Readonly<Record<CatalogFileRow['status'], readonly string[]>> = {
  included: ['可认定', '列入', 'counts', 'include'],
  excluded: ['不认定', '排除', 'doesnotcount', 'exclude'],
  proposed: ['待定', 'underreview', 'propose'],
  remove: ['撤回', '撤回本校决定', 'takeback', 'removed'],
}
const KIND_WORDS: Readonly<Record<CatalogKind, readonly string[]>> = {
  model: ['模型'],
  dataset: ['数据集'],
  framework: ['框架'],
  training: ['训练'],
  inference: ['推理'],
  agent: ['智能体', 'agents'],
  infra: ['基础设施', 'infrastructure'],
  tool: ['工具'],
}
const TIER_WORDS: Readonly<Record<CatalogTier, readonly string[]>> = {
  flagship: ['旗舰'],
  standard: ['标准'],
  emerging: ['新兴'],
}

const MAX_LENGTHS: Readonly<Record<CatalogColumn, number>> = {
  platform: 30,
  owner: 100,
  name: 100,
  status: 30,
  kind: 30,
  tier: 30,
  branches: 500,
  reason: 500,
  version: 9,
}
const REASON_MIN_LENGTH = 5

export type CatalogFileHeader = {
  columns: ReadonlyMap<CatalogColumn, number>
  missing: readonly CatalogColumn[]
  repeated: readonly CatalogColumn[]
  unknown: readonly string[]
}

/** Finds the columns by their headings, in Chinese or English, or by their codes, in whatever order. */
export function readCatalogHeader(headings: readonly string[]): CatalogFileHeader {
  const columns = new Map<CatalogColumn, number>()
  const repeated = new Set<CatalogColumn>()
  const unknown: string[] = []
  for (const [index, heading] of headings.entries()) {
    const column = CATALOG_COLUMNS.find((one) => {
      const { zh, en } = CATALOG_HEADINGS[one]
      return [one, zh, en].map(plain).includes(plain(heading))
    })
    if (column === undefined) unknown.push(heading)
    else if (columns.has(column)) repeated.add(column)
    else columns.set(column, index)
  }
  return {
    columns,
    missing: REQUIRED_CATALOG_COLUMNS.filter((column) => !columns.has(column)),
    repeated: [...repeated],
    unknown: unknown.filter((heading) => heading.trim() !== ''),
  }
}

/** Checks one row of cells; all that is wrong is named at once. */
export function parseCatalogRow(cells: readonly string[], header: CatalogFileHeader): CatalogFileResult {
  const text = (column: CatalogColumn): string => rearm(cells[header.columns.get(column) ?? -1] ?? '')
  const status = wordOf([...OWN_STATUSES, 'remove'], STATUS_WORDS, text('status'))
  const problems = CATALOG_COLUMNS.flatMap((column): CatalogFileProblem[] => {
    const raw = cells[header.columns.get(column) ?? -1] ?? ''
    const code = problemOf(column, { raw, value: text(column), isRemoval: status === 'remove' })
    return code === null ? [] : [{ column, code, value: raw.trim().slice(0, 100) }]
  })
  const platform = platformOf(text('platform'))
  if (problems.length > 0 || platform === null || status === null) return { ok: false, problems }
  const branches = text('branches')
  return {
    ok: true,
    row: {
      platform,
      owner: text('owner'),
      name: text('name') === '*' ? null : text('name') || null,
      status,
      kind: wordOf(CATALOG_KINDS, KIND_WORDS, text('kind')),
      tier: wordOf(CATALOG_TIERS, TIER_WORDS, text('tier')),
      branches: header.columns.has('branches') ? [...new Set(branches.split(/[\s,，]+/).filter(Boolean))] : null,
      reason: text('reason'),
      version: text('version') === '' ? null : Number(text('version')),
    },
  }
}

type Cell = { raw: string; value: string; isRemoval: boolean }

function problemOf(column: CatalogColumn, { raw, value, isRemoval }: Cell): CatalogFileCode | null {
  // What an export disarmed was armed again by now: what is still a formula was written by somebody else.
  if (disarmCell(raw.trim()) !== raw.trim()) return 'formula'
  if (/\p{Cc}/u.test(value.replaceAll('\n', ' '))) return 'control_character'
  if (value.length > MAX_LENGTHS[column]) return 'too_long'
  if (value === '') return isNeeded(column, isRemoval) ? 'required' : null
  return problemOfWord(column, value) ?? (column === 'reason' && value.length < REASON_MIN_LENGTH ? 'too_short' : null)
}

function isNeeded(column: CatalogColumn, isRemoval: boolean): boolean {
  if (column === 'reason') return !isRemoval
  return REQUIRED_CATALOG_COLUMNS.some((one) => one === column)
}

function problemOfWord(column: CatalogColumn, value: string): CatalogFileCode | null {
  switch (column) {
    case 'platform':
      return platformOf(value) === null ? 'unknown_word' : null
    case 'status':
      return wordOf([...OWN_STATUSES, 'remove'], STATUS_WORDS, value) === null ? 'unknown_word' : null
    case 'kind':
      return wordOf(CATALOG_KINDS, KIND_WORDS, value) === null ? 'unknown_word' : null
    case 'tier':
      return wordOf(CATALOG_TIERS, TIER_WORDS, value) === null ? 'unknown_word' : null
    case 'owner':
      return OWNER.test(value) ? null : 'name_format'
    case 'name':
      return value === '*' || /^[\w.-]+$/.test(value) ? null : 'name_format'
    case 'version':
      return /^[1-9]\d*$/.test(value) ? null : 'version_format'
    case 'branches':
    case 'reason':
      return null
  }
}

/** Of two parts where a platform has several kinds of repositories (`datasets/owner`). */
const OWNER = new RegExp(
  `^(?:(?:${PLATFORMS.flatMap((platform) => PLATFORM_TRAITS[platform].ownerPrefixes).join('|')})/)?[\\w.-]+$`,
)

function platformOf(value: string): Platform | null {
  return PLATFORMS.find((one) => [one, PLATFORM_TRAITS[one].name].map(plain).includes(plain(value))) ?? null
}

function wordOf<const T extends string>(
  known: readonly T[],
  words: Readonly<Record<T, readonly string[]>>,
  value: string,
): T | null {
  if (value === '') return null
  return known.find((one) => [one, ...words[one]].map(plain).includes(plain(value))) ?? null
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** An export's apostrophe in front of what would be a formula is no part of the text. */
function rearm(cell: string): string {
  const text = cell.replaceAll('\r\n', '\n').trim()
  const bare = text.slice(1)
  return text.startsWith("'") && disarmCell(bare) === text ? bare : text
}
