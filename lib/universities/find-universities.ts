import { withScope } from '@/lib/db/scope'
import { findUniversityBySlug, listUniversities, type UniversityName } from '@/lib/db/universities'
import { AppError } from '@/lib/domain/errors'

/** The university with a slug: its names are public. @throws AppError not_found `university_not_found` */
export async function getUniversity(slug: string): Promise<UniversityName> {
  const university = await withScope({}, (tx) => findUniversityBySlug(tx, slug))
  if (university === null) throw new AppError('not_found', 'university_not_found', { slug })
  return university
}

/** All universities, or the one with the slug. */
export async function listNamedUniversities(slug: string | null): Promise<UniversityName[]> {
  return slug === null ? withScope({}, (tx) => listUniversities(tx)) : [await getUniversity(slug)]
}
