import { mix32 } from '../random'
import type { LandingKind, Platform, Repository } from '../types'

/** Names and numeric ids are those of real public repositories where these are known; everything in them is invented. */
type Row = {
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
}

const ROWS: readonly Row[] = [
  {
    fullName: 'pytorch/pytorch',
    id: 65600975,
    ownerId: 21003710,
    landing: 'label',
    language: 'C++',
    license: null,
    stars: 96000,
    firstNumber: 151200,
    weight: 9,
    topics: ['autograd', 'deep-learning', 'gpu'],
  },
  {
    fullName: 'huggingface/transformers',
    id: 155220641,
    ownerId: 25720743,
    license: 'Apache-2.0',
    stars: 152000,
    firstNumber: 36120,
    weight: 11,
    topics: ['nlp', 'pytorch', 'transformer'],
  },
  {
    fullName: 'huggingface/trl',
    id: 250510075,
    ownerId: 25720743,
    license: 'Apache-2.0',
    stars: 16000,
    firstNumber: 3010,
    weight: 7,
    topics: ['rlhf', 'fine-tuning'],
  },
  {
    fullName: 'vllm-project/vllm',
    id: 599547518,
    ownerId: 136984999,
    license: 'Apache-2.0',
    stars: 61000,
    firstNumber: 14100,
    weight: 9,
    topics: ['inference', 'llm-serving'],
  },
  {
    fullName: 'jax-ml/jax',
    id: 154739597,
    ownerId: 183790000,
    landing: 'copybara',
    license: 'Apache-2.0',
    stars: 33500,
    former: ['google/jax'],
    firstNumber: 26400,
    weight: 4,
    topics: ['jax', 'autodiff'],
  },
  {
    fullName: 'facebookresearch/faiss',
    id: 81227005,
    ownerId: 16943930,
    landing: 'trailer',
    language: 'C++',
    license: 'MIT',
    stars: 37000,
    firstNumber: 4150,
    weight: 4,
    topics: ['similarity-search'],
  },
  {
    fullName: 'pytorch/executorch',
    id: 463628495,
    ownerId: 21003710,
    landing: 'trailer',
    language: 'C++',
    license: null,
    stars: 3600,
    firstNumber: 8300,
    weight: 4,
    topics: ['edge', 'mobile'],
  },
  {
    fullName: 'verl-project/verl',
    id: 881221486,
    ownerId: 240910001,
    license: 'Apache-2.0',
    stars: 15800,
    former: ['volcengine/verl'],
    firstNumber: 260,
    weight: 6,
    topics: ['rlhf', 'ray'],
  },
  {
    fullName: 'flagos-ai/FlagGems',
    id: 775232941,
    ownerId: 240910002,
    license: 'Apache-2.0',
    stars: 820,
    former: ['FlagOpen/FlagGems'],
    branch: 'master',
    firstNumber: 470,
    weight: 5,
    topics: ['triton', 'operators'],
  },
  {
    fullName: 'agentscope-ai/agentscope',
    id: 742244656,
    ownerId: 240910003,
    license: 'Apache-2.0',
    stars: 13900,
    former: ['modelscope/agentscope'],
    firstNumber: 410,
    weight: 4,
    topics: ['agents', 'llm'],
  },
  {
    fullName: 'mindspore-lab/mindnlp',
    id: 540215001,
    ownerId: 120450001,
    license: 'Apache-2.0',
    stars: 850,
    branch: 'master',
    firstNumber: 1960,
    weight: 6,
    topics: ['nlp', 'mindspore'],
  },
  {
    fullName: 'mindspore-ai/mindspore',
    id: 239714835,
    ownerId: 54143604,
    language: 'C++',
    license: 'Apache-2.0',
    stars: 4600,
    branch: 'master',
    mirrorOf: 8210001,
    firstNumber: 300,
    weight: 0,
    topics: ['mindspore'],
  },
  {
    fullName: 'apache/spark',
    id: 17165658,
    ownerId: 47359,
    landing: 'closed_by_commit',
    language: 'Scala',
    license: 'Apache-2.0',
    stars: 42000,
    branch: 'master',
    firstNumber: 50100,
    weight: 2,
    topics: ['big-data', 'spark'],
  },
  {
    fullName: 'leanprover-community/mathlib4',
    id: 291550004,
    ownerId: 44810001,
    landing: 'bors',
    language: 'Lean',
    license: 'Apache-2.0',
    stars: 2700,
    branch: 'master',
    firstNumber: 22100,
    weight: 1,
    topics: ['lean4', 'mathematics'],
  },
  {
    fullName: 'linyue-dev/attention-notebook',
    id: 812330005,
    ownerId: 71204501,
    license: 'MIT',
    stars: 12,
    firstNumber: 1,
    weight: 0,
    topics: ['attention'],
  },
  {
    fullName: 'mingxuan-z/transformers',
    id: 812330006,
    ownerId: 71204503,
    license: 'Apache-2.0',
    stars: 0,
    isFork: true,
    firstNumber: 1,
    weight: 0,
    topics: [],
  },
  {
    platform: 'gitee',
    fullName: 'mindspore/mindspore',
    id: 8210001,
    ownerId: 6854763,
    language: 'C++',
    license: 'Apache-2.0',
    stars: 9600,
    branch: 'master',
    display: 'MindSpore/mindspore',
    firstNumber: 80200,
    weight: 7,
    topics: ['昇思', '深度学习'],
  },
  {
    platform: 'gitee',
    fullName: 'mindspore/mindformers',
    id: 8210002,
    ownerId: 6854763,
    license: 'Apache-2.0',
    stars: 720,
    display: 'MindSpore/mindformers',
    branch: 'dev',
    firstNumber: 5300,
    weight: 6,
    topics: ['大模型'],
  },
  {
    platform: 'gitee',
    fullName: 'mindspore/vllm-mindspore',
    id: 8210003,
    ownerId: 6854763,
    license: 'Apache-2.0',
    stars: 140,
    display: 'MindSpore/vLLM MindSpore 插件',
    branch: 'master',
    firstNumber: 90,
    weight: 5,
    topics: ['推理'],
  },
  {
    platform: 'gitee',
    fullName: 'mindspore/mindnlp',
    id: 8210004,
    ownerId: 6854763,
    license: 'Apache-2.0',
    stars: 410,
    display: 'MindSpore/mindnlp',
    branch: 'master',
    firstNumber: 210,
    weight: 1,
    topics: ['自然语言处理'],
  },
  {
    platform: 'gitee',
    fullName: 'ascend/MindSpeed-LLM',
    id: 8210005,
    ownerId: 8080001,
    license: 'MIT',
    stars: 1100,
    display: 'Ascend/MindSpeed-LLM',
    branch: 'master',
    firstNumber: 2600,
    weight: 5,
    topics: ['昇腾', '训练'],
  },
  {
    platform: 'gitee',
    fullName: 'openeuler/docs-campus',
    id: 8210006,
    ownerId: 5610002,
    license: 'MulanPSL-2.0',
    stars: 35,
    display: 'openEuler/校园文档',
    branch: 'master',
    firstNumber: 700,
    weight: 2,
    topics: ['文档'],
  },
]

/** Names that the catalog of the demo leaves out. */
export const OUTSIDE_CATALOG = ['apache/spark', 'leanprover-community/mathlib4', 'openeuler/docs-campus'] as const

export type SmallRepository = Repository & { landingKind: LandingKind; firstNumber: number; weight: number }

function repositoryOf(row: Row): SmallRepository {
  const [owner = '', name = ''] = row.fullName.split('/')
  return {
    platform: row.platform ?? 'github',
    id: row.id,
    ownerId: row.ownerId,
    owner,
    name,
    formerFullNames: row.former ?? [],
    displayName: row.display ?? name,
    description: `${name}: ${row.topics.join(', ')}`,
    defaultBranch: row.branch ?? 'main',
    isFork: row.isFork ?? false,
    isArchived: row.isArchived ?? false,
    isPrivate: false,
    stars: row.stars,
    license: row.license ?? null,
    language: row.language ?? 'Python',
    topics: row.topics,
    mirrorOf: row.mirrorOf === undefined ? null : { platform: 'gitee', repositoryId: row.mirrorOf },
    createdAt: new Date(Date.UTC(2018 + (mix32(row.id) % 6), 3, 1 + (row.id % 27))),
    landingKind: row.landing ?? 'merged',
    firstNumber: row.firstNumber,
    weight: row.weight,
  }
}

export const SMALL_REPOSITORIES: readonly SmallRepository[] = ROWS.map(repositoryOf)

export function smallRepository(fullName: string, platform: Platform = 'github'): SmallRepository {
  const found = SMALL_REPOSITORIES.find((one) => one.platform === platform && `${one.owner}/${one.name}` === fullName)
  if (!found) throw new Error(`no repository ${fullName} in the small world`)
  return found
}
