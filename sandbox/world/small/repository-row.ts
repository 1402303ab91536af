import type { LandingKind, Platform } from '../types'

/** A repository of the small world as it is written down; what is left out is as usual. */
export type Row = {
  platform?: Platform
  fullName: string
  id: number
  ownerId: number
  landing?: LandingKind
  branch?: string
  former?: readonly string[]
  language?: string
  license?: string | null
  stars: number
  display?: string
  mirrorOf?: number
  isFork?: boolean
  isArchived?: boolean
  firstNumber: number
  weight: number
  topics: readonly string[]
  created?: string
  downloads?: number
  hasCard?: boolean
}
