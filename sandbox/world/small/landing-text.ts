import type { Account, LandingKind } from '../types'

export type LandingText = {
  kind: LandingKind
  fullName: string
  number: number
  title: string
  body: string
  headLabel: string
  coAuthors: readonly Account[]
  approver: string
  /** "(cherry picked from commit …)" is written where this is set. */
  pickedFrom: string | null
}

/** The whole message of a landed commit, as that project's tool writes it. Addresses are the platform's public ones. */
export function landingMessage(text: LandingText): string {
  const { kind, number, title, body, fullName } = text
  const url = `https://github.com/${fullName}/pull/${number}`
  switch (kind) {
    case 'label':
    case 'ghstack':
      return `${title} (#${number})\n\n${body}\n\nPull Request resolved: ${url}\nApproved by: https://github.com/${text.approver}`
    case 'trailer':
      return `${title} (#${number})\n\nSummary:\n${body}\n\nPull Request resolved: ${url}\n\nReviewed By: ${text.approver}\n\nDifferential Revision: D${80_000_000 + number}`
    case 'copybara':
      return `Merge pull request #${number} from ${text.headLabel}\n\nCOPYBARA_INTEGRATE_REVIEW=${url} from ${text.headLabel}\nPiperOrigin-RevId: ${700_000_000 + number}`
    case 'closed_by_commit':
      return `${title}\n\n${body}\n\nCloses #${number} from ${text.headLabel}.\n\nAuthored-by: ${text.headLabel.split(':')[0] ?? ''}`
    case 'bors':
      return `${title} (#${number})\n\n${body}`
    case 'merged':
      return `${title} (#${number})\n\n${body}${trailers(text)}`
  }
}

function trailers({ coAuthors, pickedFrom }: LandingText): string {
  const lines = coAuthors.map(
    ({ name, login, id }) => `Co-authored-by: ${name ?? login} <${id}+${login}@users.noreply.github.com>`,
  )
  if (pickedFrom) lines.push(`(cherry picked from commit ${pickedFrom})`)
  return lines.length > 0 ? `\n\n${lines.join('\n')}` : ''
}

/** GitCode's merge commits say in lines of their own whose change it was, who merged it and which request it came by. */
export function gitcodeMergeMessage(text: LandingText): string {
  const { number, title, body, headLabel, fullName, approver } = text
  const [login = '', branch = ''] = headLabel.split(':')
  const people = `Created-by: ${login}\nCommit-by: ${login}\nMerged-by: ${approver}`
  return `!${number} merge ${branch} into the target branch\n\n${title}\n\n${people}\nDescription: ${body}${trailers(text)}\n\nSee merge request: ${fullName}!${number}`
}

/** The Hub squashes: the title with its number, the commits as a list, and the author named as a co-author. */
export function hubMergeMessage(text: LandingText): string {
  const { number, title, headLabel } = text
  const [login = ''] = headLabel.split(':')
  return `${title} (#${number})\n\n- ${title}\n\n\nCo-authored-by: ${login} <${login}@users.noreply.huggingface.co>${trailers(text)}`
}

/** Gitee's merge commits name the pull request with an exclamation mark. */
export function giteeMergeMessage(text: LandingText): string {
  const { number, title, headLabel } = text
  return `!${number} ${title}\nMerge pull request !${number} from ${headLabel.replace(':', '/')}${trailers(text)}`
}
