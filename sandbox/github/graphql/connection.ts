import { GraphQLError } from 'graphql'

export type ConnectionArguments = {
  first?: number | null
  last?: number | null
  after?: string | null
  before?: string | null
}

/** A list with the keys that cursors are made of: rows may come and go between two pages. */
export type Keyed<Row> = { row: Row; key: string }

/**
 * A GraphQL connection over rows in order. The cursor is the row's own key, so a page begins after the row it names
 * wherever that row stands by then; a key that is gone continues at the place where it would stand.
 */
export function connection<Row, Shown>(
  rows: readonly Keyed<Row>[],
  { first, last, after, before }: ConnectionArguments,
  show: (row: Row) => Shown,
) {
  const from = after ? positionOf(rows, after, 'after') + 1 : 0
  const to = before ? positionOf(rows, before, 'before') : rows.length
  const within = rows.slice(from, Math.max(from, to))
  const page = first ? within.slice(0, first) : within.slice(last ? -last : 0)
  const start = from + (first ? 0 : within.length - page.length)
  const edges = page.map(({ row, key }) => ({ cursor: cursorOf(key), node: () => show(row), row }))
  return {
    totalCount: rows.length,
    nodes: () => edges.map((edge) => edge.node()),
    edges,
    pageInfo: {
      hasNextPage: start + page.length < rows.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** Rows whose place is their only key. */
export function byPlace<Row>(rows: readonly Row[]): readonly Keyed<Row>[] {
  return rows.map((row, index) => ({ row, key: String(index) }))
}

function cursorOf(key: string): string {
  return Buffer.from(`cursor:v2:${key}`).toString('base64')
}

function positionOf(rows: readonly Keyed<unknown>[], cursor: string, argument: string): number {
  const text = Buffer.from(cursor, 'base64').toString('utf8')
  if (!text.startsWith('cursor:v2:')) {
    throw new GraphQLError(`\`${cursor}\` does not appear to be a valid cursor for \`${argument}\`.`, {
      extensions: { type: 'INVALID_CURSOR_ARGUMENTS' },
    })
  }
  const key = text.slice('cursor:v2:'.length)
  const position = rows.findIndex((row) => row.key === key)
  return position >= 0 ? position : placeOfMissing(rows, key)
}

/** Keys of pull requests are `<time>:<id>:<direction>`: the row may have moved since the cursor was given. */
function placeOfMissing(rows: readonly Keyed<unknown>[], key: string): number {
  const [time = '', , direction] = key.split(':')
  const isPast = (other: string) => {
    const [otherTime = ''] = other.split(':')
    return direction === 'asc' ? Number(otherTime) > Number(time) : Number(otherTime) < Number(time)
  }
  const position = rows.findIndex((row) => isPast(row.key))
  return position >= 0 ? position - 1 : rows.length
}
