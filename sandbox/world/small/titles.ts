import type { Random } from '../random'
import type { SmallRepository } from './repositories'

const PARTS = [
  'KV cache',
  'rotary embedding',
  'GRPO trainer',
  'tokenizer fallback',
  'beam search',
  'LoRA adapter loading',
  'flash attention path',
  'gradient checkpointing',
  'all-reduce bucketing',
  'INT8 quantizer',
  'sliding window mask',
  'paged attention',
  'streaming decoder',
  'chat template',
  'DPO loss',
  'sequence packing',
  'mixed-precision cast',
  'expert routing',
  'data collator',
  'prefix cache',
] as const
const CONDITIONS = [
  'for empty batches',
  'on non-contiguous tensors',
  'when sequence length is odd',
  'with tensor parallel > 1',
  'under torch.compile',
  'for left-padded input',
  'on ROCm',
  'with mixed dtypes',
  'when resuming from a checkpoint',
  'for grouped-query attention',
] as const
const ENGLISH = [
  'Fix {part} {condition}',
  'Add unit tests for {part}',
  'Speed up {part} {condition}',
  'Support {part} in the benchmark suite',
  'Docs: explain {part}',
  'Refactor {part} into its own module',
  'Avoid a host sync in {part}',
  'Validate arguments of {part}',
  'Raise a clear error in {part} {condition}',
] as const

const PARTS_ZH = [
  'KV Cache',
  '旋转位置编码',
  '分词器',
  '束搜索',
  'LoRA 权重加载',
  'FlashAttention 算子',
  '重计算',
  '梯度聚合',
  'INT8 量化',
  '专家路由',
  '数据加载',
  '流水线并行',
  '权重切分',
  '推理前缀缓存',
] as const
const CONDITIONS_ZH = [
  '空批次下的报错',
  '动态 shape 场景的精度问题',
  '多卡场景的死锁',
  '图模式下的编译失败',
  '长序列的显存泄漏',
  '断点续训后的状态丢失',
] as const
const CHINESE = [
  '修复{part}在{condition}',
  '【feature】支持{part}',
  '新增{part}的用例',
  '优化{part}性能',
  '文档：补充{part}说明',
  '[bugfix] {part}：{condition}',
] as const

const HUB = [
  'Fix chat template {condition}',
  'Add library_name to the metadata',
  'Upload ONNX weights',
  'Update README.md',
  'Add MTEB results to the model card',
  'Correct eos_token_id in generation_config.json',
  'Convert to safetensors',
  'Support {part} in the remote code',
] as const

/** A title as people write them on that platform. */
export function titleFor(repository: SmallRepository, random: Random): string {
  if (repository.platform === 'huggingface') {
    return random.pick(HUB).replace('{part}', random.pick(PARTS)).replace('{condition}', random.pick(CONDITIONS))
  }
  if (repository.platform !== 'github') {
    return random
      .pick(CHINESE)
      .replace('{part}', random.pick(PARTS_ZH))
      .replace('{condition}', random.pick(CONDITIONS_ZH))
  }
  const title = random
    .pick(ENGLISH)
    .replace('{part}', random.pick(PARTS))
    .replace('{condition}', random.pick(CONDITIONS))
  return repository.landingKind === 'bors' ? `feat: ${title.toLowerCase()}` : title
}
