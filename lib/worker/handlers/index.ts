import type { JobHandlers } from '@/lib/queue/runner'
import { findPersonCopies } from './find-copies'
import { forgetExpired } from './forget-expired'
import { freezeEvidence } from './freeze-evidence'
import { readNominated } from './read-nomination'
import { rereadAll, rereadContributions } from './reread-contributions'
import { syncAccount } from './sync-account'
import { syncAllAccounts, syncUniversityAccounts } from './sync-all-accounts'
import { syncUniversityCohort } from './sync-cohort'
import { completeFoundContributions, syncCatalogRepositories } from './sync-repositories'
import { verifyLedger } from './verify-ledger'
import { warnClaimsHolding, warnClaimsTouched } from './warn-claims'

/** Who does which job. A new job in lib/queue/jobs.ts needs its line here. */
export const handlers: JobHandlers = {
  'sync-account': syncAccount,
  'sync-all-accounts': syncAllAccounts,
  'sync-university-accounts': syncUniversityAccounts,
  'sync-cohort': syncUniversityCohort,
  'sync-repositories': syncCatalogRepositories,
  'complete-contributions': completeFoundContributions,
  'freeze-evidence': freezeEvidence,
  'warn-claims': warnClaimsHolding,
  'rewarn-claims': warnClaimsTouched,
  'verify-ledger': verifyLedger,
  'read-nomination': readNominated,
  'find-copies': findPersonCopies,
  'reread-all': rereadAll,
  'reread-contributions': rereadContributions,
  'forget-expired': forgetExpired,
}
