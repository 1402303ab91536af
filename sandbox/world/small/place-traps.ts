import type { Platform } from '../types'
import { TRAP_ACCOUNTS } from './accounts'
import type { Draft } from './draft'
import {
  CHEN_SIYUAN,
  CHEN_SIYUAN_GITEE,
  draft,
  LIN_YUE,
  LIN_YUE_GITEE,
  SUN_YIHAN,
  WANG_RUOXI,
  WANG_RUOXI_GITEE,
  ZHAO_MINGXUAN,
  ZHOU_ZIMO,
} from './trap-people'

/** Accounts that were renamed, deleted, hidden, or stand in a trailer only. */
export function identityDrafts(other: number): readonly Draft[] {
  return [
    draft('huggingface/transformers', '2025-11-05', {
      authorId: SUN_YIHAN,
      title: 'Fix the padding side of the Qwen processor',
      traps: ['renamed_account'],
    }),
    draft('huggingface/transformers', '2026-09-19', {
      authorId: TRAP_ACCOUNTS.strangerWithOldLogin.id,
      title: 'Fix a typo in the installation guide',
      traps: ['reused_login'],
    }),
    draft('huggingface/trl', '2026-02-10', {
      authorId: TRAP_ACCOUNTS.deletedNull.id,
      title: 'Log the KL term of each group',
      traps: ['deleted_author_null'],
    }),
    draft('vllm-project/vllm', '2026-04-02', {
      authorId: TRAP_ACCOUNTS.deletedGhost.id,
      title: 'Skip warm-up for an idle worker',
      traps: ['deleted_author_ghost'],
    }),
    draft('vllm-project/vllm', '2026-09-28', {
      authorId: ZHOU_ZIMO,
      title: 'Expose the prefix cache hit rate',
      traps: ['private_profile'],
    }),
    draft('huggingface/trl', '2026-10-09', {
      authorId: other,
      coAuthorIds: [LIN_YUE, WANG_RUOXI],
      title: 'Vectorize the reward computation of GRPO',
      traps: ['squash_co_author'],
    }),
  ]
}

/** Repositories and branches that moved, forks that are gone, mirrors that take nothing. */
export function placeDrafts(other: number): readonly Draft[] {
  return [
    draft('verl-project/verl', '2025-09-09', {
      authorId: LIN_YUE,
      title: 'Use a shared ray placement group for rollout',
      traps: ['transferred_repository'],
    }),
    draft('flagos-ai/FlagGems', '2026-09-23', {
      authorId: CHEN_SIYUAN,
      title: 'Tune the block sizes of layer_norm',
      traps: ['transferred_repository'],
    }),
    draft('jax-ml/jax', '2026-03-03', {
      authorId: other,
      title: 'Document donated buffers',
      labels: ['pull ready'],
      traps: ['renamed_repository', 'copybara_landing'],
    }),
    draft('vllm-project/vllm', '2026-10-16', {
      authorId: LIN_YUE,
      title: 'Back out the eager fallback for the release',
      base: 'releases/v0.12',
      traps: ['release_branch'],
    }),
    draft('mindspore-lab/mindnlp', '2025-03-20', {
      authorId: LIN_YUE,
      title: 'Add the BGE reranker',
      base: 'mindnlp-0.4',
      traps: ['release_branch'],
    }),
    draft('huggingface/transformers', '2025-02-20', {
      authorId: WANG_RUOXI,
      title: 'Cache the chat template environment',
      base: 'master',
      traps: ['branch_renamed'],
    }),
    draft('huggingface/transformers', '2026-09-14', {
      authorId: ZHAO_MINGXUAN,
      title: 'Speed up the slow path of the BPE merge loop',
      isHeadDeleted: true,
      traps: ['deleted_head_repository'],
    }),
    draft('mindspore-ai/mindspore', '2026-09-18', {
      authorId: LIN_YUE,
      landing: null,
      unlanded: 'closed',
      title: 'Fix a leak in the graph kernel cache',
      traps: ['mirror_closed_unmerged'],
    }),
  ]
}

/** One change in two places. */
export function copyDrafts(): readonly Draft[] {
  const gitee: Platform = 'gitee'
  return [
    draft('mindspore-lab/mindnlp', '2026-09-10', {
      authorId: LIN_YUE,
      title: 'Add InternVL tokenization',
      name: 'mirror-1',
      traps: ['mirror'],
    }),
    draft(
      'mindspore/mindnlp',
      '2026-09-12',
      {
        authorId: LIN_YUE_GITEE,
        title: 'Add InternVL tokenization',
        copyOf: { name: 'mirror-1', kind: 'mirror' },
        traps: ['mirror'],
      },
      gitee,
    ),
    draft('mindspore-lab/mindnlp', '2026-10-11', {
      authorId: CHEN_SIYUAN,
      title: 'Support the static cache on Ascend',
      name: 'mirror-2',
      traps: ['mirror'],
    }),
    draft(
      'mindspore/mindnlp',
      '2026-10-12',
      {
        authorId: CHEN_SIYUAN_GITEE,
        title: 'Support the static cache on Ascend',
        copyOf: { name: 'mirror-2', kind: 'mirror' },
        traps: ['mirror'],
      },
      gitee,
    ),
    draft(
      'mindspore/mindspore',
      '2026-09-17',
      { authorId: CHEN_SIYUAN_GITEE, title: '修复动态 shape 下 Concat 算子的精度问题', name: 'pick-1', traps: [] },
      gitee,
    ),
    draft(
      'mindspore/mindspore',
      '2026-09-24',
      {
        authorId: CHEN_SIYUAN_GITEE,
        title: '修复动态 shape 下 Concat 算子的精度问题',
        base: 'r2.7',
        copyOf: { name: 'pick-1', kind: 'cherry_pick' },
        isHeadDeleted: true,
        traps: ['cherry_pick', 'release_branch', 'deleted_head_repository'],
      },
      gitee,
    ),
    draft('vllm-project/vllm', '2026-09-29', {
      authorId: LIN_YUE,
      title: 'Fix the block table of chunked prefill',
      name: 'pick-2',
      traps: [],
    }),
    draft('vllm-project/vllm', '2026-10-05', {
      authorId: LIN_YUE,
      title: '[Cherry-pick] Fix the block table of chunked prefill',
      base: 'releases/v0.12',
      copyOf: { name: 'pick-2', kind: 'cherry_pick' },
      traps: ['cherry_pick', 'release_branch'],
    }),
    draft(
      'mindspore/mindformers',
      '2026-09-15',
      { authorId: WANG_RUOXI_GITEE, title: '新增 DeepSeek-V3 推理用例', name: 'pick-3', traps: [] },
      gitee,
    ),
    draft(
      'mindspore/mindformers',
      '2026-09-20',
      {
        authorId: WANG_RUOXI_GITEE,
        title: '新增 DeepSeek-V3 推理用例',
        base: 'r1.6.0',
        copyOf: { name: 'pick-3', kind: 'cherry_pick' },
        traps: ['cherry_pick', 'release_branch'],
      },
      gitee,
    ),
  ]
}
