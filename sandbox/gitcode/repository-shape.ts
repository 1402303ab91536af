import type { SandboxContext } from '../http/types'
import type { Repository } from '../world/types'
import { gitcodeTime } from './time'
import { shownUserById } from './user-shape'

/** A person's namespace is numbered apart from the person. */
const PERSONAL_NAMESPACES = 90_000_000

/** How a repository stands inside a list of pull requests. */
export function shownRepository(context: SandboxContext, repository: Repository) {
  const { id, owner, name, displayName, description } = repository
  const maker = shownUserById(context, repository.ownerId)
  return {
    assigner: maker,
    description,
    full_name: `${owner}/${name}`,
    full_path: `${owner}/${name}`,
    html_url: `${context.origin}/gitcode/${owner}/${name}.git`,
    human_name: displayName.includes('/') ? displayName : `${owner}/${displayName}`,
    id,
    internal: false,
    name: displayName.slice(displayName.indexOf('/') + 1),
    owner: maker,
    path: name,
  }
}

/** The repository's own answer. */
export function shownProject(context: SandboxContext, repository: Repository) {
  const { id, owner, name } = repository
  const account = context.world.findAccount('gitcode', repository.ownerId)
  const isGroup = account?.kind === 'Organization'
  const at = gitcodeTime(repository.createdAt)
  return {
    created_at: at,
    default_branch: repository.defaultBranch,
    description: repository.description,
    fork: repository.isFork,
    forks_count: Math.floor(repository.stars / 3),
    full_name: `${owner}/${name}`,
    html_url: `${context.origin}/gitcode/${owner}/${name}.git`,
    id,
    internal: false,
    license: repository.license,
    name,
    namespace: {
      html_url: `${context.origin}/gitcode/${owner}`,
      id: isGroup ? repository.ownerId : repository.ownerId + PERSONAL_NAMESPACES,
      name: account?.name ?? owner,
      path: owner,
      type: isGroup ? 'group' : 'personal',
    },
    open_issues_count: 0,
    owner: shownUserById(context, repository.ownerId),
    path: name,
    private: repository.isPrivate,
    project_creator: owner,
    public: !repository.isPrivate,
    pushed_at: at,
    repo_type: 'code',
    stargazers_count: repository.stars,
    status: repository.isArchived ? 'close' : 'start',
    updated_at: at,
    watchers_count: Math.floor(repository.stars / 10),
  }
}
