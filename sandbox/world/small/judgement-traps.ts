import { GITHUB_BOTS } from '../special-accounts'
import type { Account, Platform, Trap } from '../types'
import type { Draft } from './draft'
import { CHEN_SIYUAN_GITEE, draft, LIN_YUE, LIN_YUE_GITEE, WANG_RUOXI } from './trap-people'

/** Work that is nobody's. */
export function botDrafts(crowd: Readonly<Record<Platform, readonly Account[]>>): readonly Draft[] {
  const bot = (authorId: number, day: string, title: string, trap: Trap = 'bot_author') =>
    draft('huggingface/transformers', day, { authorId, title, traps: [trap] })
  return [
    bot(GITHUB_BOTS.dependabot.id, '2026-09-22', 'Bump urllib3 from 2.5.0 to 2.6.1'),
    bot(GITHUB_BOTS.actions.id, '2026-10-22', 'Update the model list'),
    bot(GITHUB_BOTS.copilot.id, '2026-10-23', 'Fix the flaky generation test', 'copilot_author'),
    draft('jax-ml/jax', '2026-06-10', {
      authorId: GITHUB_BOTS.copybara.id,
      title: '[Pallas] Add a helper for strided loads',
      traps: ['bot_author', 'copybara_landing'],
    }),
    draft('vllm-project/vllm', '2026-07-10', {
      authorId: GITHUB_BOTS.kubernetes.id,
      title: 'Sync OWNERS',
      traps: ['bot_author'],
    }),
    draft(
      'mindspore/mindspore',
      '2026-09-09',
      { authorId: crowd.gitee[0]?.id ?? CHEN_SIYUAN_GITEE, title: '还原误合入的编译选项', traps: [] },
      'gitee',
    ),
  ]
}

/** What a reviewer should look at. */
export function judgementDrafts(other: number): readonly Draft[] {
  const own = 'linyue-dev/attention-notebook'
  return [
    draft(own, '2026-09-07', {
      authorId: LIN_YUE,
      mergedById: LIN_YUE,
      title: 'Add a page about linear attention',
      traps: ['own_repository', 'self_merged', 'not_in_catalog'],
    }),
    draft(own, '2026-10-07', {
      authorId: other,
      mergedById: LIN_YUE,
      title: 'Fix two broken links',
      traps: ['not_in_catalog'],
    }),
    draft('mindspore-lab/mindnlp', '2026-10-13', {
      authorId: LIN_YUE,
      mergedById: LIN_YUE,
      title: 'Pin the formatter',
      traps: ['self_merged'],
    }),
    draft(
      'ascend/MindSpeed-LLM',
      '2026-09-27',
      {
        authorId: CHEN_SIYUAN_GITEE,
        mergedById: CHEN_SIYUAN_GITEE,
        title: '更新权重转换脚本的默认参数',
        traps: ['self_merged'],
      },
      'gitee',
    ),
    draft('huggingface/trl', '2026-09-13', {
      authorId: LIN_YUE,
      title: 'Remove trailing whitespace',
      additions: 6,
      deletions: 6,
      changedFiles: 2,
      traps: ['trivial_change'],
    }),
    draft(
      'mindspore/vllm-mindspore',
      '2026-10-18',
      {
        authorId: CHEN_SIYUAN_GITEE,
        title: '删除多余空格',
        additions: 4,
        deletions: 4,
        changedFiles: 1,
        traps: ['trivial_change'],
      },
      'gitee',
    ),
    draft('huggingface/transformers', '2026-09-26', {
      authorId: LIN_YUE,
      title: 'Move the mask creation out of the layers',
      reverted: 'pull_request',
      traps: ['reverted'],
    }),
    draft('vllm-project/vllm', '2026-10-03', {
      authorId: WANG_RUOXI,
      title: 'Overlap the sampler with the next step',
      reverted: 'commit',
      traps: ['reverted'],
    }),
    draft(
      'mindspore/mindformers',
      '2026-10-10',
      { authorId: CHEN_SIYUAN_GITEE, title: '并行切分策略默认改为自动', reverted: 'pull_request', traps: ['reverted'] },
      'gitee',
    ),
    draft(
      'openeuler/docs-campus',
      '2026-10-15',
      { authorId: LIN_YUE_GITEE, title: '文档：补充校园镜像站说明', traps: ['not_in_catalog'] },
      'gitee',
    ),
  ]
}
