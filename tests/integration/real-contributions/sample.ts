import { nameOf, type RealAuthor, type RealFiles } from './files'

const MOST_ROWS = 60

type Trait = { name: string; weigh: (author: RealAuthor) => number; take: number }

/** The same authors each time, found by what their rows show: every way of not counting is in it, on both platforms. */
export function chooseAuthors(
  files: RealFiles,
  isOwnerWide: (author: RealAuthor) => boolean,
): Map<RealAuthor, string[]> {
  const on = (platform: string, weigh: Trait['weigh']): Trait['weigh'] => {
    return (author) => (author.platform === platform ? weigh(author) : 0)
  }
  const reverted = (author: RealAuthor) =>
    author.rows.filter((row) => row.reverted_by !== null || row.reverted_by_sha).length
  const elsewhere = (author: RealAuthor) =>
    author.rows.filter((row) => row.base_branch !== files.mainBranches.get(`${row.platform}/${row.repo}`)).length
  const mirrored = (author: RealAuthor) => author.rows.filter((row) => files.mirrors.has(nameOf(row))).length
  const of = (repo: string) => (author: RealAuthor) => author.rows.filter((row) => row.repo === repo).length
  const both = (first: Trait['weigh'], second: Trait['weigh']) => (author: RealAuthor) =>
    Math.min(first(author), second(author))
  const traits: Trait[] = [
    {
      name: 'renamed',
      weigh: (author) => new Set(author.rows.map((row) => row.author.toLowerCase())).size - 1,
      take: 1,
    },
    { name: 'mirrored', weigh: on('github', mirrored), take: 1 },
    { name: 'mirrored', weigh: on('gitee', mirrored), take: 1 },
    { name: 'reverted', weigh: on('github', reverted), take: 3 },
    { name: 'reverted', weigh: on('gitee', reverted), take: 2 },
    { name: 'other branch', weigh: on('github', elsewhere), take: 1 },
    {
      name: 'other branch',
      weigh: on(
        'gitee',
        both(elsewhere, (author) => author.rows.length - elsewhere(author)),
      ),
      take: 1,
    },
    { name: 'owner-wide', weigh: on('gitee', (author) => (isOwnerWide(author) ? author.rows.length : 0)), take: 1 },
    { name: 'owner-wide by id', weigh: of('OpenBMB/ChatDev'), take: 1 },
    { name: 'proposed', weigh: of('Tencent/ncnn'), take: 1 },
    { name: 'not in the catalog', weigh: of('baichuan-inc/Baichuan2'), take: 1 },
  ]
  const chosen = new Map<RealAuthor, string[]>()
  const eligible = files.authors.filter(({ rows }) => rows.length <= MOST_ROWS)
  for (const { name, weigh, take } of traits) {
    const found = eligible
      .filter((author) => weigh(author) > 0)
      .sort((a, b) => weigh(b) - weigh(a) || (a.login < b.login ? -1 : 1))
      .slice(0, take)
    for (const author of found) chosen.set(author, [...(chosen.get(author) ?? []), name])
  }
  return chosen
}
