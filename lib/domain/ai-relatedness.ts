import { weightOfLibrary } from './ai-libraries'
import { DEPENDENCY_FILES } from './dependency-file'
import type { NominationEvidence } from './nomination'

/** `unknown` where there was nothing to go by; that is not "no". */
export const RELATEDNESS = ['likely', 'possible', 'unlikely', 'unknown'] as const
export type Relatedness = (typeof RELATEDNESS)[number]

export const RELATEDNESS_REASONS = [
  'topic',
  'description_word',
  'library',
  'near_library',
  'name_word',
  'nothing_found',
  'nothing_told',
] as const
export type RelatednessReason = {
  code: (typeof RELATEDNESS_REASONS)[number]
  /** The topic, word or library; null where the code says all. */
  value: string | null
  /** The file that a library stands in. */
  file: string | null
}

/** What the rule thinks and by what; a person decides. */
export type RelatednessSuggestion = { relatedness: Relatedness; reasons: readonly RelatednessReason[] }

type Signs = Pick<NominationEvidence, 'name' | 'topics' | 'description' | 'dependencies'>

/** Topics that say it outright, as platforms write them; the Chinese ones are Gitee's and GitCode's. */
const TOPICS = new Set([
  ...['ai', 'artificial-intelligence', 'machine-learning', 'ml', 'deep-learning', 'deeplearning', 'neural-network'],
  ...['neural-networks', 'llm', 'llms', 'large-language-models', 'large-language-model', 'generative-ai', 'genai'],
  ...['nlp', 'natural-language-processing', 'computer-vision', 'reinforcement-learning', 'rlhf', 'fine-tuning', 'lora'],
  ...[
    'transformer',
    'transformers',
    'diffusion-models',
    'stable-diffusion',
    'pytorch',
    'tensorflow',
    'jax',
    'mindspore',
  ],
  ...[
    'paddlepaddle',
    'keras',
    'llm-inference',
    'llm-serving',
    'llmops',
    'mlops',
    'autograd',
    'autodiff',
    'inference-engine',
  ],
  ...['speech-recognition', 'text-to-speech', 'ocr', 'multimodal', 'vision-language-model', 'embeddings', 'rag'],
  ...[
    'retrieval-augmented-generation',
    'ai-agents',
    'llm-agent',
    'agents',
    'vector-database',
    'similarity-search',
    'npu',
  ],
  ...[
    '人工智能',
    '机器学习',
    '深度学习',
    '大模型',
    '大语言模型',
    '自然语言处理',
    '计算机视觉',
    '强化学习',
    '昇腾',
    '昇思',
    '飞桨',
  ],
])

/** Words of a description or name that say the same; whole words where the language has them. */
const WORDS =
  /(?<![\w-])(?:machine learning|deep learning|neural networks?|large language models?|llms?|gpt|transformers?|diffusion models?|reinforcement learning|computer vision|natural language processing|speech recognition|text[- ]to[- ]speech|ai agents?|agentic|generative ai|artificial intelligence|inference engine|model training|fine[- ]tuning|rlhf|embeddings?|pytorch|tensorflow|mindspore|paddlepaddle|ai)(?![\w-])|人工智能|机器学习|深度学习|神经网络|大语言模型|大模型|智能体|自然语言处理|计算机视觉|强化学习|语音识别|推理引擎|模型训练|微调|昇腾|昇思|飞桨/gi

const NAME_PARTS = new Set([
  'llm',
  'gpt',
  'llama',
  'bert',
  'diffusion',
  'transformer',
  'transformers',
  'torch',
  'rlhf',
  'lora',
])

const MOST = 6

/**
 * Whether a repository looks like one of artificial intelligence, by its topics, its description, its name and what it is
 * built on. One clear sign makes it likely: a topic, or a library that learns or infers. Weaker ones (a word, a library that
 * works with models) make it possible, and likely from three on.
 */
export function suggestRelatedness(signs: Signs): RelatednessSuggestion {
  const topics = signs.topics.filter((topic) => TOPICS.has(topic.toLowerCase())).map((value) => sign('topic', value))
  const { core, near } = librariesOf(signs)
  const words = wordsIn(signs.description ?? '').map((value) => sign('description_word', value))
  const named = signs.name
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => NAME_PARTS.has(part))
    .map((value) => sign('name_word', value))
  const strong = [...topics, ...core]
  const weak = [...words, ...near, ...named]
  if (strong.length === 0 && weak.length === 0) return withoutSigns(signs)
  const relatedness = strong.length > 0 || weak.length >= 3 ? 'likely' : 'possible'
  return { relatedness, reasons: [...strong.slice(0, MOST), ...weak.slice(0, MOST)] }
}

function withoutSigns({ topics, description, dependencies }: Signs): RelatednessSuggestion {
  const isSilent = topics.length === 0 && !description && dependencies.every(({ names }) => names.length === 0)
  return isSilent
    ? { relatedness: 'unknown', reasons: [sign('nothing_told', null)] }
    : { relatedness: 'unlikely', reasons: [sign('nothing_found', null)] }
}

function librariesOf({ dependencies }: Signs): { core: RelatednessReason[]; near: RelatednessReason[] } {
  const found = new Map<string, { file: string; weight: 'core' | 'near' }>()
  for (const { file, names } of dependencies) {
    for (const name of names) {
      const weight = weightOfLibrary(DEPENDENCY_FILES[file], name)
      if (weight !== null && !found.has(name)) found.set(name, { file, weight })
    }
  }
  const of = (weight: 'core' | 'near', code: 'library' | 'near_library') =>
    [...found].filter(([, one]) => one.weight === weight).map(([name, { file }]) => sign(code, name, file))
  return { core: of('core', 'library'), near: of('near', 'near_library') }
}

function wordsIn(text: string): string[] {
  return [...new Set([...text.matchAll(WORDS)].map(([word]) => word.toLowerCase()))]
}

function sign(code: RelatednessReason['code'], value: string | null, file: string | null = null): RelatednessReason {
  return { code, value, file }
}
