/** What stands before the last part of a full name: the owner, with the kind in front where it is no model. */
export function ownerPart(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.lastIndexOf('/')))
}

export function lastPart(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf('/') + 1)
}
