import { demoPeople } from '../demo-people'
import { Random } from '../random'
import type { Account } from '../types'
import { TRAP_ACCOUNTS } from './accounts'
import { momentFor } from './crowd-drafts'
import type { Draft } from './draft'
import { SMALL_REPOSITORIES } from './repositories'
import { titleFor } from './titles'
import { draft } from './trap-people'

export const LIN_YUE_HUB = 7150001
export const CHEN_SIYUAN_HUB = 7150002

const PERSON_COUNT = 8
const CROWD_COUNT = 26

/** Work at Hugging Face: on cards, templates and weights that others published, and what goes wrong with it. */
export function hubDrafts(seed: string, crowd: readonly Account[]): readonly Draft[] {
  const random = new Random(`${seed}/hub`)
  const people = demoPeople.flatMap(({ huggingface }) => (huggingface ? [huggingface.id] : []))
  const authors = [
    ...people.flatMap((id) => Array.from({ length: PERSON_COUNT }, () => id)),
    ...Array.from({ length: CROWD_COUNT }, () => random.pick(crowd).id),
  ]
  return [...authors.map((id) => everyday(id, random)), ...traps()]
}

function everyday(authorId: number, random: Random): Draft {
  const candidates = SMALL_REPOSITORIES.filter(({ platform, weight }) => platform === 'huggingface' && weight > 0)
  const repository = random.pick(candidates.flatMap((one) => Array.from({ length: one.weight }, () => one)))
  const fate = random.next()
  return {
    repository,
    authorId,
    createdAt: momentFor(random),
    landing: fate < 0.7 ? 'merged' : null,
    unlanded: fate < 0.85 ? 'closed' : 'open',
    isDraft: fate > 0.94,
    title: titleFor(repository, random),
    traps: [],
  }
}

function refused(fullName: string, day: string, title: string): Draft {
  const told = { authorId: LIN_YUE_HUB, title, landing: null, unlanded: 'closed', traps: [] } as const
  return draft(fullName, day, told, 'huggingface')
}

function traps(): readonly Draft[] {
  const at = (fullName: string, day: string, told: Omit<Draft, 'repository' | 'createdAt' | 'landing'>) =>
    draft(fullName, day, told, 'huggingface')
  return [
    refused('Qwen/Qwen2.5-7B-Instruct', '2026-09-05', 'Translate the model card'),
    at('Qwen/Qwen2.5-7B-Instruct', '2026-09-28', {
      authorId: LIN_YUE_HUB,
      title: 'Lower the default temperature',
      reverted: 'commit',
      traps: ['reverted'],
    }),
    at('BAAI/bge-m3', '2026-10-02', {
      authorId: CHEN_SIYUAN_HUB,
      title: 'Fix a typo in the model card',
      additions: 1,
      deletions: 1,
      changedFiles: 1,
      traps: ['trivial_change'],
    }),
    at('campus-nlp/word-vectors', '2026-10-08', {
      authorId: LIN_YUE_HUB,
      title: 'Add the training corpus to the card',
      traps: ['not_in_catalog'],
    }),
    at('linyue-hf/qwen2.5-0.5b-campus-qa', '2026-10-15', {
      authorId: LIN_YUE_HUB,
      mergedById: LIN_YUE_HUB,
      title: 'Describe the evaluation',
      traps: ['own_repository', 'self_merged'],
    }),
    at('BAAI/bge-m3', '2026-08-14', {
      authorId: TRAP_ACCOUNTS.deletedAtHub.id,
      title: 'Add a Vietnamese benchmark',
      traps: ['deleted_author_null'],
    }),
  ]
}
