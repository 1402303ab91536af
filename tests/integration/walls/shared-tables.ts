/** Everybody may read these; they hold public facts, or nothing of anybody. */
export const SHARED = [
  'repository',
  'repository_name',
  'work',
  'work_key',
  'contribution',
  'contribution_co_author',
  'catalog_entry',
  'maintainer_request',
  'repository_pass',
  'repository_skip',
  'owner_listing',
  'indexed_pull_request',
  'attempt_counter',
  'worker_heartbeat',
  '_prisma_migrations',
]
