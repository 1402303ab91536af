import type { SandboxContext } from '../http/types'
import type { Repository } from '../world/types'
import { giteeTime } from './time'
import { shownUserById } from './user-shape'

/** A person's namespace is numbered apart from the person; an organisation is its namespace. */
const PERSONAL_NAMESPACES = 700_000_000

/** How a repository stands inside other answers. `path` is the name in addresses, `name` the display name. */
export function shownRepository(context: SandboxContext, repository: Repository) {
  const { id, owner, name, displayName, description } = repository
  const account = context.world.findAccount('gitee', repository.ownerId)
  const ownerName = account?.name ?? owner
  // The world's display name may be that of both, `组织/仓库`, or of the repository alone.
  const humanName = displayName.includes('/') ? displayName : `${ownerName}/${displayName}`
  const user = shownUserById(context, repository.ownerId)
  const web = `${context.origin}/gitee/${owner}`
  const isOrganization = account?.kind === 'Organization'
  return {
    id,
    full_name: `${owner}/${name}`,
    human_name: humanName,
    url: `${context.origin}/gitee/api/v5/repos/${owner}/${name}`,
    namespace: {
      id: isOrganization ? repository.ownerId : repository.ownerId + PERSONAL_NAMESPACES,
      type: isOrganization ? 'group' : 'personal',
      name: ownerName,
      path: owner,
      html_url: web,
    },
    path: name,
    name: humanName.slice(humanName.indexOf('/') + 1),
    owner: user,
    assigner: user,
    description,
    private: repository.isPrivate,
    public: !repository.isPrivate,
    internal: false,
    fork: repository.isFork,
    html_url: `${web}/${name}.git`,
    ssh_url: `git@gitee.com:${owner}/${name}.git`,
  }
}

/** The repository's own answer. */
export function shownProject(context: SandboxContext, repository: Repository) {
  const short = shownRepository(context, repository)
  return {
    ...short,
    forks_url: `${short.url}/forks`,
    branches_url: `${short.url}/branches{/branch}`,
    commits_url: `${short.url}/commits{/sha}`,
    pulls_url: `${short.url}/pulls{/number}`,
    labels_url: `${short.url}/labels{/name}`,
    recommend: repository.stars > 1000,
    gvp: repository.stars > 5000,
    homepage: null,
    language: repository.language,
    forks_count: Math.floor(repository.stars / 3),
    stargazers_count: repository.stars,
    watchers_count: Math.floor(repository.stars / 10),
    default_branch: repository.defaultBranch,
    open_issues_count: 0,
    has_issues: true,
    has_wiki: false,
    issue_comment: false,
    can_comment: true,
    pull_requests_enabled: !repository.isArchived,
    has_page: false,
    license: repository.license,
    outsourced: false,
    project_creator: repository.owner,
    members: [],
    pushed_at: giteeTime(repository.createdAt),
    created_at: giteeTime(repository.createdAt),
    updated_at: giteeTime(repository.createdAt),
    parent: null,
    paas: null,
    assignees_number: 1,
    testers_number: 1,
    assignee: [],
    testers: [],
    status: repository.isArchived ? '关闭' : '开始',
    empty_repo: false,
    programs: [],
    enterprise: null,
  }
}
