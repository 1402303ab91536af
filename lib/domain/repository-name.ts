/**
 * Who a repository belongs to, by its name in addresses. The last part is the repository; what stands before it is the
 * owner, of more than one part where a platform has several kinds of repositories (`datasets/owner/name`).
 */
export function ownerOf(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')))
}

/** The names under which an owner's word is about a repository: with its kind in front, and the owner as such. */
export function ownersOf(fullName: string): string[] {
  const owner = ownerOf(fullName)
  const bare = nameOf(owner)
  return owner === bare ? [owner] : [owner, bare]
}

/** The repository's own name, without its owner. */
export function nameOf(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf('/') + 1)
}
