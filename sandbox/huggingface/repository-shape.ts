import type { SandboxContext } from '../http/types'
import { lastPart } from '../world/full-names'
import { Random, shaOf } from '../world/random'
import { shownRepositoryId } from '../world/shown-ids'
import type { Commit, Repository } from '../world/types'

export const KINDS = { models: 'model', datasets: 'dataset', spaces: 'space' } as const
export type KindPath = keyof typeof KINDS

/** The kind of a repository, and who has it at the Hub: a name of the world carries the kind in front. */
export function placeOf(repository: Pick<Repository, 'owner' | 'name'>): { kind: KindPath; id: string } {
  const [first = ''] = repository.owner.split('/')
  const kind = first === 'datasets' || first === 'spaces' ? first : 'models'
  return { kind, id: `${lastPart(repository.owner)}/${repository.name}` }
}

/** A model's, a dataset's or a space's own answer. What its card says stands in it as the author wrote it. */
export function shownHubRepository(context: SandboxContext, repository: Repository) {
  const { kind, id } = placeOf(repository)
  const { license, hub } = repository
  const hasCard = hub?.hasCard ?? true
  const random = new Random(`hub/${repository.id}`)
  const commits = context.world.listCommits('huggingface', repository.id)
  const tags = ['region:us', ...(license ? [`license:${license}`] : []), ...repository.topics]
  return {
    _id: shownRepositoryId('huggingface', repository.id),
    id,
    ...(kind === 'models' ? { modelId: id, pipeline_tag: 'text-generation', library_name: 'transformers' } : {}),
    ...(kind === 'spaces' ? { sdk: 'gradio' } : { downloads: hub?.downloads ?? 0 }),
    ...(kind === 'datasets' ? { description: repository.description } : {}),
    author: lastPart(repository.owner),
    sha: commits[0]?.sha ?? shaOf('hub', repository.id),
    lastModified: (commits[0]?.at ?? repository.createdAt).toISOString(),
    private: repository.isPrivate,
    gated: false,
    disabled: repository.isArchived,
    likes: repository.stars,
    tags: hasCard ? tags : ['region:us'],
    ...(hasCard ? { cardData: { ...(license ? { license } : {}), language: ['zh', 'en'] } } : {}),
    siblings: [
      { rfilename: '.gitattributes' },
      ...(hasCard ? [{ rfilename: 'README.md' }] : []),
      { rfilename: 'data' },
    ],
    createdAt: repository.createdAt.toISOString(),
    usedStorage: random.between(1_000, 9_000_000),
  }
}

export function shownCommit(context: SandboxContext, commit: Commit) {
  const [title = '', ...rest] = commit.message.split('\n')
  const author = commit.authorId === null ? null : context.world.findAccount('huggingface', commit.authorId)
  return {
    id: commit.sha,
    title,
    message: rest.join('\n').trim(),
    authors: author ? [{ user: author.login, avatar: `/avatars/${author.id}.svg` }] : [],
    date: commit.at.toISOString(),
  }
}
