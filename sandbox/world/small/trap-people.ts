import type { Platform } from '../types'
import type { Draft } from './draft'
import { smallRepository } from './repositories'

/** Account ids of demo people whom the traps are about. */
export const LIN_YUE = 71204501
export const LIN_YUE_GITEE = 9150001
export const CHEN_SIYUAN = 71204502
export const CHEN_SIYUAN_GITEE = 9150002
export const ZHAO_MINGXUAN = 71204503
export const SUN_YIHAN = 71204504
export const ZHOU_ZIMO = 71204505
export const WANG_RUOXI = 71204511
export const WANG_RUOXI_GITEE = 9150011
export const GAO_TIANYU = 71204512

export type Told = Omit<Draft, 'repository' | 'createdAt' | 'landing'> & Partial<Pick<Draft, 'landing'>>

/** A draft that lands as its repository's changes do, unless it is told otherwise. */
export function draft(fullName: string, day: string, told: Told, platform: Platform = 'github'): Draft {
  const repository = smallRepository(fullName, platform)
  return { repository, createdAt: new Date(`${day}T03:20:00Z`), landing: repository.landingKind, ...told }
}
