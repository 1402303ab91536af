import { demoPeople } from '../demo-people'
import { Random } from '../random'
import type { Account } from '../types'
import { momentFor } from './crowd-drafts'
import type { Draft } from './draft'
import { SMALL_REPOSITORIES, smallRepository } from './repositories'
import { titleFor } from './titles'
import { CHEN_SIYUAN_GITEE, draft, LIN_YUE_GITEE } from './trap-people'

export const LIN_YUE_GITCODE = 5150001
export const CHEN_SIYUAN_GITCODE = 5150002
export const WANG_RUOXI_GITCODE = 5150011

const GITCODE_COUNT = 9
const CROWD_COUNT = 12
/** When MindSpeed took its last pull request at Gitee, and its first at GitCode. */
const MOVED = '2025-09-12'

/** Work at GitCode: a project that came from Gitee with its history, and what was done there since. */
export function movedDrafts(seed: string, crowd: readonly Account[]): readonly Draft[] {
  const random = new Random(`${seed}/gitcode`)
  const people = demoPeople.flatMap(({ gitcode }) => (gitcode ? [gitcode.id] : []))
  const authors = [
    ...people.flatMap((id) => Array.from({ length: GITCODE_COUNT }, () => id)),
    ...Array.from({ length: CROWD_COUNT }, () => random.pick(crowd).id),
  ]
  return [...beforeTheMove(), ...tookAlong(), ...authors.map((id) => sinceTheMove(id, random)), ...traps()]
}

/** What was done at Gitee until the project left. */
function beforeTheMove(): readonly Draft[] {
  const at = (day: string, authorId: number, title: string, name?: string) =>
    draft('ascend/MindSpeed', day, { authorId, title, traps: [], ...(name ? { name } : {}) }, 'gitee')
  return [
    at('2025-03-18', CHEN_SIYUAN_GITEE, '支持非对齐序列的 Ring Attention'),
    at('2025-05-27', CHEN_SIYUAN_GITEE, '修复 MoE token 重排在单卡场景的报错'),
    at('2025-06-30', LIN_YUE_GITEE, '新增 swap attention 的用例'),
    at('2025-08-20', LIN_YUE_GITEE, '优化分布式优化器的显存占用', 'moved-1'),
    at('2025-09-08', CHEN_SIYUAN_GITEE, '修复断点续训后的学习率恢复', 'moved-2'),
  ]
}

/** The last ones stand at both places: the same commits under numbers of their own. */
function tookAlong(): readonly Draft[] {
  const copy = (day: string, authorId: number, title: string, name: string) =>
    draft(
      'Ascend/MindSpeed',
      day,
      { authorId, title, copyOf: { name, kind: 'import' }, traps: ['mirror', 'moved_repository'] },
      'gitcode',
    )
  return [
    copy('2025-08-20', LIN_YUE_GITCODE, '优化分布式优化器的显存占用', 'moved-1'),
    copy('2025-09-08', CHEN_SIYUAN_GITCODE, '修复断点续训后的学习率恢复', 'moved-2'),
  ]
}

function sinceTheMove(authorId: number, random: Random): Draft {
  const candidates = SMALL_REPOSITORIES.filter(({ platform, weight }) => platform === 'gitcode' && weight > 0)
  const repository = random.pick(candidates.flatMap((one) => Array.from({ length: one.weight }, () => one)))
  const fate = random.next()
  const moment = momentFor(random)
  const earliest = new Date(`${MOVED}T10:00:00Z`)
  // The others moved later; nothing is older than the first move.
  const createdAt = moment < earliest ? new Date(earliest.getTime() + (moment.getTime() % 20_000_000_000)) : moment
  return {
    repository,
    authorId,
    createdAt,
    landing: fate < 0.85 ? repository.landingKind : null,
    unlanded: fate < 0.93 ? 'closed' : 'open',
    title: titleFor(repository, random),
    traps: [],
  }
}

function traps(): readonly Draft[] {
  const at = (fullName: string, day: string, told: Omit<Draft, 'repository' | 'createdAt' | 'landing'>) =>
    draft(fullName, day, told, 'gitcode')
  const master = smallRepository('Ascend/pytorch', 'gitcode').defaultBranch
  return [
    at('Ascend/pytorch', '2026-09-11', {
      authorId: CHEN_SIYUAN_GITCODE,
      title: '修复 NPU 上 index_put 的确定性',
      base: master,
      name: 'gitcode-pick',
      traps: [],
    }),
    at('Ascend/pytorch', '2026-09-18', {
      authorId: CHEN_SIYUAN_GITCODE,
      title: '修复 NPU 上 index_put 的确定性',
      base: 'v2.7.1',
      copyOf: { name: 'gitcode-pick', kind: 'cherry_pick' },
      traps: ['cherry_pick', 'release_branch'],
    }),
    at('Ascend/MindSpeed', '2026-09-25', {
      authorId: LIN_YUE_GITCODE,
      title: '默认开启通信计算掩盖',
      reverted: 'commit',
      traps: ['reverted'],
    }),
    at('mindspore/mindformers', '2026-10-10', {
      authorId: WANG_RUOXI_GITCODE,
      title: '文档：更正 README 的链接',
      additions: 1,
      deletions: 1,
      changedFiles: 1,
      traps: ['trivial_change'],
    }),
    at('openeuler/docs-campus', '2026-10-14', {
      authorId: LIN_YUE_GITCODE,
      title: '补充社区签到说明',
      traps: ['not_in_catalog'],
    }),
  ]
}
