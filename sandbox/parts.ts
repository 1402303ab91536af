import { createGitCodePart } from './gitcode/part'
import { createGiteePart } from './gitee/part'
import { createGitHubParts } from './github/part'
import type { SandboxContext, SandboxPart } from './http/types'
import { createHuggingFacePart } from './huggingface/part'
import { createIdentityParts } from './identity/part'

/** What is mounted beside the control part. A part's file exports `createXPart(context)`. */
export async function createSandboxParts(context: SandboxContext): Promise<readonly SandboxPart[]> {
  return [
    ...createGitHubParts(context),
    createGiteePart(context),
    createGitCodePart(context),
    createHuggingFacePart(context),
    ...createIdentityParts(context),
  ]
}
