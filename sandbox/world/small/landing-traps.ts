import type { Trap } from '../types'
import type { Draft } from './draft'
import { CHEN_SIYUAN, draft, GAO_TIANYU, LIN_YUE, SUN_YIHAN, type Told, WANG_RUOXI, ZHAO_MINGXUAN } from './trap-people'

/** PyTorch: closed by its bot with a label, reverted, landed again; ghstack. */
export function pytorchDrafts(other: number): readonly Draft[] {
  const at = (day: string, told: Told) => draft('pytorch/pytorch', day, told)
  const reverted: readonly Trap[] = ['pytorch_label_landing', 'pytorch_reverted']
  return [
    at('2026-09-08', {
      authorId: LIN_YUE,
      title: '[inductor] Fold constant masks before lowering SDPA',
      traps: ['pytorch_label_landing'],
    }),
    at('2026-10-12', {
      authorId: WANG_RUOXI,
      title: '[dynamo] Guard on the sequence dimension only',
      traps: ['pytorch_label_landing'],
    }),
    at('2026-09-21', {
      authorId: LIN_YUE,
      title: 'Fuse the scale into the softmax epilogue',
      traps: [...reverted, 'reverted'],
      story: 'reverted_open',
    }),
    at('2026-03-18', {
      authorId: other,
      title: 'Use a larger block in the reduction kernel',
      traps: [...reverted, 'reverted'],
      story: 'reverted_closed_by_author',
    }),
    at('2026-10-02', {
      authorId: LIN_YUE,
      title: 'Make index_put deterministic for bool masks',
      traps: [...reverted, 'pytorch_relanded'],
      story: 'relanded',
    }),
    at('2026-09-30', {
      authorId: SUN_YIHAN,
      title: '[1/2] Share the autotune cache between ranks',
      traps: ['ghstack_base'],
      landing: 'ghstack',
      base: 'gh/yihan-sun-ai/3/base',
    }),
    at('2026-10-06', {
      authorId: CHEN_SIYUAN,
      title: 'Add a meta kernel for segment_reduce',
      traps: ['unmerged_with_merge_commit_sha'],
      landing: null,
      unlanded: 'closed',
    }),
  ]
}

/** Shown as closed, though the change is on the default branch. */
export function closedThoughLandedDrafts(other: number): readonly Draft[] {
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
