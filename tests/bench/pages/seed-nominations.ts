import type pg from 'pg'
import type { NominationEvidence } from '@/lib/domain/nomination'
import { type Cell, copyRows } from './copy-rows'
import { type BenchMember, DAY_MS, idOf } from './world'

const KIND = { nomination: 22 }
/** So many wait at each university: a queue that nobody looked at for a term. */
export const NOMINATIONS = 400

/** The id of a nomination by its place, the same at each university: its key begins with the university. */
export function nominationOf(place: number): string {
  return idOf(KIND.nomination, place)
}

/** Repositories that students put forward, each read from its platform. */
export async function seedNominations(
  client: pg.Client,
  { members, now }: { members: readonly BenchMember[]; now: Date },
): Promise<void> {
  const students = members.filter(({ role }) => role === 'student')
  const byUniversity = Map.groupBy(students, ({ university }) => university)
  await copyRows(
    client,
    'catalog_nomination',
    [
      ...[
        'university_id',
        'id',
        'member_id',
        'platform',
        'owner',
        'name',
        'owner_key',
        'name_key',
        'why',
        'created_at',
      ],
      ...['evidence_state', 'evidence', 'evidence_at'],
    ],
    [...byUniversity].flatMap(([university, nominators]) =>
      Array.from({ length: NOMINATIONS }, (_, place): Cell[] => {
        const name = `nominated-${place}`
        const memberId = nominators[place % nominators.length]?.memberId ?? ''
        const createdAt = new Date(now.getTime() - (place / NOMINATIONS) * 120 * DAY_MS)
        return [
          ...[university.id, nominationOf(place), memberId, 'github', 'octo-lab', name, 'octo-lab', name],
          ...['我们课程里常用的推理引擎，希望可以认定。', createdAt, 'complete', { json: evidenceOf(name) }, createdAt],
        ]
      }),
    ),
  )
}

function evidenceOf(name: string): NominationEvidence {
  return {
    platformRepositoryId: '900100200',
    owner: 'octo-lab',
    name,
    url: `https://github.com/octo-lab/${name}`,
    description: 'An inference engine for large language models',
    topics: ['llm', 'inference', 'cuda'],
    stars: 1200,
    license: 'Apache-2.0',
    language: 'Python',
    isFork: false,
    isArchived: false,
    forkOf: null,
    createdAt: '2024-02-01T00:00:00.000Z',
    pushedAt: '2026-11-01T00:00:00.000Z',
    lastRelease: { name: 'v0.9', publishedAt: '2026-10-01T00:00:00.000Z' },
    dependencies: [{ file: 'requirements.txt', names: ['torch', 'transformers', 'numpy', 'fastapi'] }],
  }
}
