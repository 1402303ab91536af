import { describe, expect, it } from 'vitest'
import { findLandedAgain, findOwnNumber, findRevertedCommits, findRevertedTitle, findReverts } from './revert'

describe('findReverts', () => {
  it.each([
    ['Revert "!2418 【master分支】fav2算子报错解决"', null, [2418]],
    ["回退 'Pull Request !338 : 去除冗余操作'", null, [338]],
    ['Revert "Fix the loader (#412)"', null, [412]],
    ['Revert "Fix the loader (#412)" (#500)', null, [412]],
    ['Revert "Fix the loader"', 'Reverts huggingface/trl#77', [77]],
    ['Revert "Fix the loader"', 'Reverts other/place#77', []],
    ['Revert #9', 'Reverts #9 and reverts #8', [8, 9]],
    // The revert of a revert is about the revert, whichever of the two numbers stands nearer.
    ['Revert "Revert "Fix the loader (#412)""', null, []],
    ['Revert "Revert "Fix the loader (#412)""', 'Reverts huggingface/trl#415', [415]],
    ['Revert "Revert "Fix the loader (#412)" (#415)"', null, [415]],
    ['Revert "Revert "Fix the loader (#412)" (#415)" (#418)', null, [415]],
    ['!418 Revert "!415 Revert "!412 修复""', null, [415]],
    ['!415 Revert "!412 修复加载器"', null, [412]],
    ['回退 !412', null, [412]],
    ['Reapply "Fix the loader (#412)"', null, []],
    ['Reland "Fix the loader (#412)"', null, []],
    ['Fix the loader (#412)', null, []],
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

it.each([
  ['Fix the loader (#12)\n\nbody (#13)', 12],
  ['!12 修复加载器\nMerge pull request !12 from lin/patch', 12],
  ['Merge pull request #12 from lin/patch', 12],
  ['Revert "Fix the loader (#12)" (#15)', 15],
  ['Revert "Fix the loader (#12)"', null],
  ['Fix the loader', null],
])('reads the own number of %j: %s', (message, number) => {
  expect(findOwnNumber(message)).toBe(number)
})

it.each([
  ['Reland "Fix the loader (#12)" (#20)', [12]],
  ['Re-land: "Fix the loader (#12)"', [12]],
  // Unquoted, the number may as well be its own.
  ['Re-land: Fix the loader (#12)', []],
  ['Reapply "Fix the loader (#12)"', [12]],
  ['Relands #12', [12]],
  ['重新合入 !12 修复', [12]],
  ['Revert "Revert "Fix the loader (#12)" (#15)" (#18)', [12]],
  ['!18 Revert "!15 Revert "!12 修复""', [12]],
  ['Revert "Revert "Revert "Fix the loader (#12)"""', []],
  ['Revert "Fix the loader (#12)"', []],
  ['Reland the aircraft', []],
  ['Fix the loader (#12)', []],
])('lands again by %j: %j', (title, numbers) => {
  expect(findLandedAgain(title)).toEqual(numbers)
})
