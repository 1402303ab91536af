import { hash32 } from '../random'
import { SMALL_REPOSITORIES } from '../small/repositories'
import { PLATFORMS, type Platform, type Repository } from '../types'
import type { ContributionRow } from './rows'

/** Numeric ids of public repositories, where known; the others get one that is stable by name. */
const KNOWN_IDS: Readonly<Record<string, number>> = {
  'FlagOpen/FlagEmbedding': 673596675,
  'FlagOpen/FlagScale': 696202301,
  'InternLM/lmdeploy': 654122609,
  'InternLM/xtuner': 664913876,
  'QwenLM/Qwen-Agent': 694939378,
  'THUDM/ChatGLM-6B': 613349035,
  'Tencent/ncnn': 95879426,
  'baichuan-inc/Baichuan-13B': 664752008,
  'baichuan-inc/Baichuan-7B': 653595084,
  'baichuan-inc/Baichuan2': 685444668,
  'deepseek-ai/DeepEP': 933928679,
  'huggingface/datasets': 250213286,
  'huggingface/trl': 250510075,
  'modelscope/modelscope': 517552648,
  'modelscope/ms-swift': 673412924,
}
/** Numeric ids of those who own them, where known: the catalog's words on a whole owner go by these. */
const KNOWN_OWNER_IDS: Readonly<Record<string, number>> = {
  FlagOpen: 114467038,
  InternLM: 135356492,
  OpenBMB: 89920203,
  QwenLM: 141221163,
  Tencent: 18461506,
  'deepseek-ai': 148330874,
  huggingface: 25720743,
  modelscope: 109945100,
}
const INVENTED = { github: 1_200_000_000, gitee: 40_000_000, gitcode: 40_000_000, huggingface: 40_000_000 } as const

export function contributionRepositories(rows: readonly ContributionRow[]): readonly Repository[] {
  const branches = new Map<string, Map<string, number>>()
  for (const { platform, repo, base_branch } of rows) {
    const key = `${platform}:${repo}`
    const counts = branches.get(key) ?? new Map<string, number>()
    counts.set(base_branch, (counts.get(base_branch) ?? 0) + 1)
    branches.set(key, counts)
  }
  return [...branches].map(([key, counts]) => {
    const [platform, fullName = ''] = key.split(':')
    const defaultBranch = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'main'
    return repositoryOf(PLATFORMS.find((one) => one === platform) ?? 'github', fullName, defaultBranch)
  })
}

function repositoryOf(platform: Platform, fullName: string, defaultBranch: string): Repository {
  const [owner = '', name = ''] = fullName.split('/')
  const small = SMALL_REPOSITORIES.find((one) => one.platform === platform && `${one.owner}/${one.name}` === fullName)
  const known = platform === 'github' ? KNOWN_IDS[fullName] : undefined
  const invented = INVENTED[platform] + (hash32(`${platform}/${fullName}`) % 9_000_000)
  return {
    platform,
    id: known ?? small?.id ?? invented,
    ownerId: ownerIdOf(platform, owner),
    owner,
    name,
    formerFullNames: small?.formerFullNames ?? [],
    displayName: small?.displayName ?? fullName,
    description: name,
    defaultBranch,
    isFork: false,
    isArchived: false,
    isPrivate: false,
    stars: 500 + (hash32(fullName) % 20_000),
    license: small?.license ?? null,
    language: /ncnn|mindspore$|akg|FlashMLA|DeepEP/.test(fullName) ? 'C++' : 'Python',
    topics: [],
    mirrorOf: null,
    createdAt: new Date(Date.UTC(2019, hash32(fullName) % 12, 1)),
  }
}

/** One owner has one id, whichever of their repositories are in the small world too. */
function ownerIdOf(platform: Platform, owner: string): number {
  const known = platform === 'github' ? KNOWN_OWNER_IDS[owner] : undefined
  const small = SMALL_REPOSITORIES.find((one) => one.platform === platform && one.owner === owner)
  return known ?? small?.ownerId ?? INVENTED[platform] + 10_000_000 + (hash32(`${platform}/${owner}`) % 9_000_000)
}
