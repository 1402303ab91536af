import type { Account, Platform } from '../types'
import type { Draft } from './draft'
import { botDrafts, judgementDrafts } from './judgement-traps'
import { closedThoughLandedDrafts, pytorchDrafts } from './landing-traps'
import { copyDrafts, identityDrafts, placeDrafts } from './place-traps'
import { LIN_YUE } from './trap-people'

/** Every trap of the field at least once, most of them in the hands of demo people. */
export function trapDrafts(crowd: Readonly<Record<Platform, readonly Account[]>>): readonly Draft[] {
  const other = crowd.github[3]?.id ?? LIN_YUE
  return [
    ...pytorchDrafts(other),
    ...closedThoughLandedDrafts(other),
    ...identityDrafts(other),
    ...placeDrafts(other),
    ...copyDrafts(),
    ...botDrafts(crowd),
    ...judgementDrafts(other),
  ]
}
