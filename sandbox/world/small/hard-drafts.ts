import type { Draft } from './draft'
import { draft, GAO_TIANYU, SUN_YIHAN, WANG_RUOXI_GITEE, ZHAO_MINGXUAN } from './trap-people'

/** What is told apart only by looking twice: reverts that were reverted, commits that prove nothing, copies that say nothing. */
export function hardDrafts(): readonly Draft[] {
  return [...undoneReverts(), ...commitsThatProveNothing(), ...silentCopies(), ...tooMuchForOneList()]
}

function undoneReverts(): readonly Draft[] {
  return [
    draft('huggingface/trl', '2026-09-04', {
      authorId: GAO_TIANYU,
      title: 'Cache the reference log-probs between epochs',
      reverted: 'pull_request_undone',
      traps: ['revert_undone'],
    }),
    draft('vllm-project/vllm', '2026-09-05', {
      authorId: SUN_YIHAN,
      title: 'Reuse the attention metadata of the last step',
      reverted: 'commit_undone',
      traps: ['revert_undone'],
    }),
    draft(
      'mindspore/mindformers',
      '2026-09-06',
      {
        authorId: WANG_RUOXI_GITEE,
        title: '权重加载改为按需映射',
        reverted: 'pull_request_undone',
        traps: ['revert_undone'],
      },
      'gitee',
    ),
  ]
}

function commitsThatProveNothing(): readonly Draft[] {
  return [
    draft('apache/spark', '2026-09-02', {
      authorId: GAO_TIANYU,
      title: '[SPARK-53790][ML] Stop boxing the split statistics',
      name: 'spark-landed',
      traps: ['spark_commit_closed', 'not_in_catalog'],
    }),
    draft('apache/spark', '2026-09-03', {
      authorId: ZHAO_MINGXUAN,
      title: '[SPARK-53788][ML] Avoid boxing in the split statistics',
      landing: null,
      unlanded: 'closed',
      closedByCommitOf: 'spark-landed',
      traps: ['closed_by_another_commit', 'not_in_catalog'],
    }),
    draft('pytorch/executorch', '2026-09-24', {
      authorId: GAO_TIANYU,
      title: 'Back out the new memory planner for 1.0',
      base: 'release/1.0',
      traps: ['trailer_on_release_branch', 'release_branch'],
    }),
  ]
}

/** Another repository's or branch's pull request with the same change, of which no message speaks. */
function silentCopies(): readonly Draft[] {
  return [
    draft('huggingface/transformers', '2026-09-08', {
      authorId: SUN_YIHAN,
      title: 'Fix the attention mask of packed sequences',
      name: 'back-port-1',
      additions: 31,
      deletions: 6,
      changedFiles: 2,
      traps: [],
    }),
    draft('huggingface/transformers', '2026-09-12', {
      authorId: SUN_YIHAN,
      title: '[v4.57] Fix the attention mask of packed sequences',
      base: 'v4.57-release',
      copyOf: { name: 'back-port-1', kind: 'back_port' },
      traps: ['back_port', 'release_branch'],
    }),
    draft(
      'mindspore/mindspore',
      '2026-09-11',
      { authorId: WANG_RUOXI_GITEE, title: '修复 Gather 算子的越界检查', name: 'back-port-2', traps: [] },
      'gitee',
    ),
    draft(
      'mindspore/mindspore',
      '2026-09-16',
      {
        authorId: WANG_RUOXI_GITEE,
        title: '【r2.7】修复 Gather 算子的越界检查',
        base: 'r2.7',
        copyOf: { name: 'back-port-2', kind: 'back_port' },
        traps: ['back_port', 'release_branch'],
      },
      'gitee',
    ),
  ]
}

function tooMuchForOneList(): readonly Draft[] {
  return [
    draft('facebookresearch/faiss', '2026-09-10', {
      authorId: SUN_YIHAN,
      title: 'Train the residual quantizer on a sample',
      traps: ['commit_trailer_landing', 'many_mentions'],
    }),
    draft(
      'mindspore/mindspore',
      '2026-10-08',
      {
        authorId: WANG_RUOXI_GITEE,
        title: '统一公共头文件的版权声明',
        additions: 655,
        deletions: 655,
        changedFiles: 327,
        traps: ['many_files'],
      },
      'gitee',
    ),
  ]
}
