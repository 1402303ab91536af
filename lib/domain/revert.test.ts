import { describe, expect, it } from 'vitest'
import { findRevertedCommits, findRevertedTitle, findReverts } from './revert'

describe('findReverts', () => {
  it.each([
    ['Revert "!2418 【master分支】fav2算子报错解决"', null, [2418]],
    ["回退 'Pull Request !338 : 去除冗余操作'", null, [338]],
    ['Revert "Fix the loader (#412)"', null, [412]],
    ['Revert "Fix the loader (#412)" (#500)', null, [412]],
    ['Revert "Fix the loader"', 'Reverts huggingface/trl#77', [77]],
    ['Revert "Fix the loader"', 'Reverts other/place#77', []],
    ['Revert #9', 'Reverts #9 and reverts #8', [8, 9]],
    ['Revert "Revert "Fix the loader (#412)""', null, []],
    ['Do not revert to old behaviour, see #3', null, []],
    ['Add revert button', 'Fixes #12', []],
  ])('%s + %s → %j', (title, body, numbers) => {
    expect(findReverts({ title, body }, 'huggingface/trl')).toEqual(numbers)
  })
})

it('finds the commits that a message takes back', () => {
  const message = 'Revert "x"\n\nThis reverts commit ABCDEF0123.\nThis reverts commit 1234567.'
  expect(findRevertedCommits(message)).toEqual(['abcdef0123', '1234567'])
})

it.each([
  ['Revert "Fix the loader"', 'Fix the loader'],
  ['Revert "Fix “quoted” things" (#12)', 'Fix “quoted” things'],
  ['回滚：“修复加载器”', '修复加载器'],
  ['Revert Custom Inplace Assign', null],
  ['Fix "revert" button', null],
])('quotes of %s: %s', (title, quoted) => {
  expect(findRevertedTitle(title)).toBe(quoted)
})
