import { mix32 } from './random'
import type { Repository } from './types'

/** A file at the root of a repository's default branch. */
export type RootFile = { name: string; text: string }

/** What a repository is built on, by a word of its topics; invented, but named as packages are. */
const BUILT_ON: readonly (readonly [word: RegExp, packages: readonly string[]])[] = [
  [/mindspore|昇思/i, ['mindspore>=2.4']],
  [/昇腾|ascend|npu/i, ['torch==2.4.0', 'torch-npu==2.4.0']],
  [/llm|大模型|rlhf|transformer|nlp|fine-tuning/i, ['torch>=2.3', 'transformers>=4.44']],
  [/pytorch|autograd|deep-learning|edge|gpu/i, ['torch>=2.3']],
  [/jax|autodiff/i, ['jax>=0.4.30', 'jaxlib>=0.4.30']],
  [/paddle|飞桨/i, ['paddlepaddle>=3.0']],
]

/** The files that a platform shows at the root: a readme, a licence where there is one, and what it is built on. */
export function rootFilesOf(repository: Repository): RootFile[] {
  const { name, description, license, language, topics } = repository
  const packages = BUILT_ON.flatMap(([word, names]) => (topics.some((topic) => word.test(topic)) ? names : []))
  const files: (RootFile | false)[] = [
    { name: 'README.md', text: `# ${name}\n\n${description}\n` },
    license !== null && { name: 'LICENSE', text: `${license}\n` },
    packages.length > 0 && {
      name: 'requirements.txt',
      text: `# what ${name} needs\n${[...new Set(packages), 'numpy', 'requests'].join('\n')}\n`,
    },
    /script/i.test(language) && {
      name: 'package.json',
      text: JSON.stringify({ name: name.toLowerCase(), dependencies: { typescript: '^5.6.0' } }, null, 2),
    },
  ]
  return files.filter((file) => file !== false)
}

/** The newest release; small projects have none. */
export function latestReleaseOf({
  id,
  name,
  stars,
  createdAt,
}: Repository): { tag: string; name: string; at: Date } | null {
  if (stars < 100) return null
  const mixed = mix32(id)
  const tag = `v${1 + (mixed % 4)}.${mixed % 20}.0`
  return {
    tag,
    name: `${name} ${tag}`,
    at: new Date(Math.max(createdAt.getTime(), Date.UTC(2026, 8, 1 + (mixed % 28)))),
  }
}

/** When something was pushed last. */
export function pushedAtOf(_repository: Repository): Date {
  return new Date('2026-11-22T09:30:00Z')
}
