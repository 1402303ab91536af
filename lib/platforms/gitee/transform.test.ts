import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { repositorySchema } from './schema'
import { toRepository } from './transform'

const SAMPLES = '../shared/platforms/gitee'

function ownerOf(over: object): string | null {
  const repository = { id: 1, full_name: 'lin/model', path: 'model', html_url: 'https://gitee.com/lin/model.git' }
  return toRepository(repositorySchema.parse({ ...repository, private: false, ...over })).ownerPlatformUserId
}

describe('who owns a Gitee repository', () => {
  const lin = { id: 7, login: 'lin' }

  test.each([
    ['a person’s own', { namespace: { id: 90, type: 'personal', path: 'lin' }, owner: lin }, '7'],
    ['a group’s, made by a person', { namespace: { id: 90, type: 'group', path: 'lab' }, owner: lin }, '90'],
    ['an enterprise’s', { namespace: { id: 90, type: 'enterprise', path: 'lab' }, owner: lin }, '90'],
    ['without a type, under the person’s name', { namespace: { id: 90, path: 'lin' }, owner: lin }, '7'],
    ['without a type, under another name', { namespace: { id: 90, path: 'lab' }, owner: lin }, '90'],
    ['without a namespace', { owner: lin }, '7'],
    ['a personal one whose owner is not shown', { namespace: { id: 90, type: 'personal', path: 'lin' } }, null],
  ])('%s', (_what, over, owner) => {
    expect(ownerOf(over)).toBe(owner)
  })

  test.skipIf(!existsSync(SAMPLES))('as Gitee itself shows it (where its recorded answers are at hand)', () => {
    const read = (file: string): unknown => JSON.parse(readFileSync(`${SAMPLES}/${file}`, 'utf8'))
    const pulls = z.array(z.object({ base: z.object({ repo: repositorySchema }) })).parse(read('pulls.json'))
    for (const repository of [repositorySchema.parse(read('repo.json')), ...pulls.map(({ base }) => base.repo)]) {
      expect(toRepository(repository).ownerPlatformUserId).toBe('1535738')
      expect(repository.namespace?.id).not.toBe(1535738)
    }
  })
})
