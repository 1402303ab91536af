import type { PullRequest, Repository, World } from '../world/types'
import { canSeeWorkOf } from './people'
import type { Viewer } from './viewer'

export const SEARCH_LIMIT = 1_000
const QUERY_LIMIT_CHARACTERS = 256

export type SearchProblem = 'too_long' | 'unknown_author' | 'unknown_repository'
export type SearchResult = { problem: SearchProblem } | { problem: null; pulls: readonly PullRequest[] }

type Term = { name: string; value: string; isNegated: boolean }
type Predicate = (pull: PullRequest, repo: Repository) => boolean

/** Pull requests that GitHub's issue search finds: qualifiers, date ranges, words of the title. */
export function searchPullRequests(world: World, query: string, viewer: Viewer): SearchResult {
  if (query.length > QUERY_LIMIT_CHARACTERS) return { problem: 'too_long' }
  const terms = readTerms(query)
  const value = (name: string) => terms.find((term) => term.name === name && !term.isNegated)?.value
  const authorLogin = value('author')
  const author = authorLogin === undefined ? null : world.findAccountByLogin('github', authorLogin.replace(/^@/, ''))
  if (authorLogin !== undefined && (!author || author.deletedAs || !canSeeWorkOf(viewer, author))) {
    return { problem: 'unknown_author' }
  }
  const [owner = '', name = ''] = value('repo')?.split('/') ?? []
  const repository = owner ? world.findRepositoryByName('github', owner, name) : null
  if (owner && !repository) return { problem: 'unknown_repository' }
  const filter = {
    platform: 'github' as const,
    ...(author ? { authorId: author.id } : {}),
    ...(repository ? { repositoryId: repository.id } : {}),
  }
  const [field, direction] = sortOf(value('sort'))
  const list = world.listPullRequests(filter, { field, direction })
  const predicates = terms.map(predicateOf)
  const pulls: PullRequest[] = []
  for (let index = 0; index < list.length; index += 1) {
    const pull = list.at(index)
    const repo = pull && world.findRepository('github', pull.repositoryId)
    if (pull && repo && predicates.every((holds) => holds(pull, repo)) && isVisible(world, pull, viewer))
      pulls.push(pull)
  }
  return { problem: null, pulls }
}

function isVisible(world: World, pull: PullRequest, viewer: Viewer): boolean {
  const account = world.findAccount('github', pull.authorId)
  return !account || canSeeWorkOf(viewer, account)
}

function readTerms(query: string): readonly Term[] {
  const words = query.match(/-?[\w-]+:"[^"]*"|"[^"]*"|\S+/g) ?? []
  return words.map((word) => {
    const match = /^(-?)([\w-]+):(.*)$/.exec(word)
    if (!match) return { name: '', value: unquoted(word), isNegated: false }
    return { name: match[2] ?? '', value: unquoted(match[3] ?? ''), isNegated: match[1] === '-' }
  })
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}

function sortOf(sort: string | undefined): ['created' | 'updated', 'asc' | 'desc'] {
  const [field, direction] = sort?.split('-') ?? []
  return [field === 'updated' ? 'updated' : 'created', direction === 'asc' ? 'asc' : 'desc']
}

function predicateOf(term: Term): Predicate {
  const holds = positivePredicate(term)
  return term.isNegated ? (pull, repo) => !holds(pull, repo) : holds
}

function positivePredicate({ name, value }: Term): Predicate {
  const folded = value.toLowerCase()
  switch (name) {
    case 'is':
    case 'type':
    case 'state':
      return (pull) => isState(pull, folded)
    case 'label':
      return (pull) => pull.labels.some((label) => label.toLowerCase() === folded)
    case 'org':
    case 'user':
      return (_, repo) => repo.owner.toLowerCase() === folded
    case 'base':
      return (pull) => pull.baseBranch === value
    case 'draft':
      return (pull) => String(pull.isDraft) === folded
    case 'merged':
      return (pull) => isIn(pull.mergedAt, value)
    case 'closed':
      return (pull) => isIn(pull.closedAt, value)
    case 'created':
      return (pull) => isIn(pull.createdAt, value)
    case 'updated':
      return (pull) => isIn(pull.updatedAt, value)
    case '':
      return (pull) => pull.title.toLowerCase().includes(folded) || pull.landing?.sha.startsWith(folded) === true
    default:
      return () => true
  }
}

function isState(pull: PullRequest, state: string): boolean {
  if (state === 'pr' || state === 'pull-request') return true
  if (state === 'issue') return false
  if (state === 'merged') return pull.mergedAt !== null
  if (state === 'unmerged') return pull.mergedAt === null
  if (state === 'open') return pull.state === 'open'
  if (state === 'closed') return pull.state !== 'open'
  return state === 'public'
}

/** `A..B`, `>=A`, `>A`, `<=B`, `<B` or a day; a day without time holds all of it, in UTC. */
function isIn(date: Date | null, range: string): boolean {
  if (!date) return false
  const at = date.getTime()
  const between = /^(.+)\.\.(.+)$/.exec(range)
  if (between) return at >= startOf(between[1]) && at <= endOf(between[2])
  if (range.startsWith('>=')) return at >= startOf(range.slice(2))
  if (range.startsWith('<=')) return at <= endOf(range.slice(2))
  if (range.startsWith('>')) return at > endOf(range.slice(1))
  if (range.startsWith('<')) return at < startOf(range.slice(1))
  return at >= startOf(range) && at <= endOf(range)
}

function startOf(text = ''): number {
  return text === '*' ? Number.NEGATIVE_INFINITY : Date.parse(text)
}

function endOf(text = ''): number {
  if (text === '*') return Number.POSITIVE_INFINITY
  const day = /^\d{4}-\d\d-\d\d$/.test(text)
  return Date.parse(text) + (day ? 86_400_000 - 1 : 0)
}
