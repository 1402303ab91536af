import { findRevertedCommits, findReverts } from '@/lib/domain/revert'

/** Whether the message of a commit says that it takes something back: what platforms that list no mentions are looked through for. */
export function saysItReverts(message: string, fullName: string): boolean {
  const [title = '', ...body] = message.split('\n')
  return findRevertedCommits(message).length > 0 || findReverts({ title, body: body.join('\n') }, fullName).length > 0
}
