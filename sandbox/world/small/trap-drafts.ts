import { GITHUB_BOTS } from '../special-accounts'
import type { Account, Platform, Trap } from '../types'
import { TRAP_ACCOUNTS } from './accounts'
import type { Draft } from './draft'
import { smallRepository } from './repositories'

const LIN_YUE = 71204501
const LIN_YUE_GITEE = 9150001
const CHEN_SIYUAN = 71204502
const CHEN_SIYUAN_GITEE = 9150002
const ZHAO_MINGXUAN = 71204503
const SUN_YIHAN = 71204504
const ZHOU_ZIMO = 71204505
const WANG_RUOXI = 71204511
const WANG_RUOXI_GITEE = 9150011
const GAO_TIANYU = 71204512

type Crowd = Readonly<Record<Platform, readonly Account[]>>
type Told = Omit<Draft, 'repository' | 'createdAt' | 'landing'> & Partial<Pick<Draft, 'landing'>>

function draft(fullName: string, day: string, told: Told, platform: Platform = 'github'): Draft {
  const repository = smallRepository(fullName, platform)
  return { repository, createdAt: new Date(`${day}T03:20:00Z`), landing: repository.landingKind, ...told }
}

/** Every trap of the field at least once, most of them in the hands of demo people. */
export function trapDrafts(crowd: Crowd): readonly Draft[] {
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

function pytorchDrafts(other: number): readonly Draft[] {
  const label = (day: string, authorId: number, title: string, traps: readonly Trap[], rest: Partial<Draft> = {}) =>
    draft('pytorch/pytorch', day, { authorId, title, traps, ...rest })
  return [
    label('2026-09-08', LIN_YUE, '[inductor] Fold constant masks before lowering SDPA', ['pytorch_label_landing']),
    label('2026-10-12', WANG_RUOXI, '[dynamo] Guard on the sequence dimension only', ['pytorch_label_landing']),
    label(
      '2026-09-21',
      LIN_YUE,
      'Fuse the scale into the softmax epilogue',
      ['pytorch_label_landing', 'pytorch_reverted', 'reverted'],
      { story: 'reverted_open' },
    ),
    label(
      '2026-03-18',
      other,
      'Use a larger block in the reduction kernel',
      ['pytorch_label_landing', 'pytorch_reverted', 'reverted'],
      { story: 'reverted_closed_by_author' },
    ),
    label(
      '2026-10-02',
      LIN_YUE,
      'Make index_put deterministic for bool masks',
      ['pytorch_label_landing', 'pytorch_reverted', 'pytorch_relanded'],
      { story: 'relanded' },
    ),
    label('2026-09-30', SUN_YIHAN, '[1/2] Share the autotune cache between ranks', ['ghstack_base'], {
      landing: 'ghstack',
      base: 'gh/yihan-sun-ai/3/base',
    }),
    label('2026-10-06', CHEN_SIYUAN, 'Add a meta kernel for segment_reduce', ['unmerged_with_merge_commit_sha'], {
      landing: null,
      unlanded: 'closed',
    }),
  ]
}

function closedThoughLandedDrafts(other: number): readonly Draft[] {
  return [
    draft('facebookresearch/faiss', '2026-09-16', {
      authorId: LIN_YUE,
      title: 'Add a range search to the HNSW refine index',
      traps: ['commit_trailer_landing', 'meta_import'],
    }),
    draft('pytorch/executorch', '2026-10-20', {
      authorId: GAO_TIANYU,
      title: 'Arm backend: handle a dynamic batch',
      labels: ['CLA Signed', 'fb-exported', 'meta-exported'],
      traps: ['meta_import', 'commit_trailer_landing'],
    }),
    draft('jax-ml/jax', '2026-09-25', {
      authorId: LIN_YUE,
      title: 'Teach jnp.interp about complex periods',
      labels: ['pull ready'],
      traps: ['copybara_landing'],
    }),
    draft('apache/spark', '2026-09-11', {
      authorId: ZHAO_MINGXUAN,
      title: '[SPARK-53871][ML] Keep the sample weight in the bisecting model',
      traps: ['spark_commit_closed', 'not_in_catalog'],
    }),
    draft('leanprover-community/mathlib4', '2026-05-14', {
      authorId: other,
      title: 'feat: trace of a nilpotent endomorphism',
      traps: ['bors_title', 'not_in_catalog'],
    }),
    draft('leanprover-community/mathlib4', '2026-10-14', {
      authorId: WANG_RUOXI,
      title: 'feat: positive-definite kernels',
      traps: ['bors_title', 'not_in_catalog'],
    }),
  ]
}

function identityDrafts(other: number): readonly Draft[] {
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

function placeDrafts(other: number): readonly Draft[] {
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

function copyDrafts(): readonly Draft[] {
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

function botDrafts(crowd: Crowd): readonly Draft[] {
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

function judgementDrafts(other: number): readonly Draft[] {
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
