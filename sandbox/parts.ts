import type { SandboxContext, SandboxPart } from './http/types'

/** What is mounted beside the control part. A part's file exports `createXPart(context)`. */
export async function createSandboxParts(_context: SandboxContext): Promise<readonly SandboxPart[]> {
  return []
}
