/** Everybody may read these; they hold public facts, or nothing of anybody. */
export const SHARED = [
  // Of who has a part in a contribution, and of nobody else: its own policy, tried in contributions/shares.test.ts.
  'share_agreement',
  'contribution_share',
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
