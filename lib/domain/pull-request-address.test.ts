import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byPlatform } from './platform'
import { parsePullRequestAddress } from './pull-request-address'

const SANDBOX = byPlatform((platform) => [`http://localhost:4000/${platform}/`])

function read(text: string, baseUrls?: typeof SANDBOX): string {
  const result = parsePullRequestAddress(text, baseUrls)
  if (!result.ok) return result.code
  const { platform, owner, name, number } = result.address
  return `${platform} ${owner}/${name} ${number}`
}

describe('parsePullRequestAddress', () => {
  it.each([
    ['https://github.com/huggingface/trl/pull/3337', 'github huggingface/trl 3337'],
    ['http://www.github.com/huggingface/trl/pull/3337/', 'github huggingface/trl 3337'],
    ['github.com/huggingface/trl/pull/3337/files?w=1#diff-0', 'github huggingface/trl 3337'],
    ['HTTPS://GitHub.com/huggingface/trl/pull/3337/commits/abc', 'github huggingface/trl 3337'],
    ['https://gitee.com/mindspore/mindformers/pulls/12', 'gitee mindspore/mindformers 12'],
    ['https://gitee.com/mindspore/mindformers/pulls/12/files', 'gitee mindspore/mindformers 12'],
    ['huggingface/trl#3337', 'github huggingface/trl 3337'],
    ['mindspore/mindformers!12', 'gitee mindspore/mindformers 12'],
    ['ＨＵＧ/trl＃３３３７', 'github HUG/trl 3337'],
    ['我的 PR 在这里：https://github.com/huggingface/trl/pull/3337。谢谢！', 'github huggingface/trl 3337'],
    ['（mindspore/mindformers！12）', 'gitee mindspore/mindformers 12'],
    ['见【github.com/huggingface/trl/pull/3337】', 'github huggingface/trl 3337'],
    ['看https://gitee.com/a/b/pulls/5，合并了', 'gitee a/b 5'],
    ['[trl](https://github.com/huggingface/trl/pull/3337)', 'github huggingface/trl 3337'],
    ['see https://github.com/a/b and https://github.com/a/b/pull/9', 'github a/b 9'],
    ['https://github.com/o/repo.name-x_y/pull/1.', 'github o/repo.name-x_y 1'],
    ['https://github.com/o/r/pull/12.diff', 'github o/r 12'],
    ['a/b.git#4', 'github a/b 4'],
    ['', 'empty'],
    [' 。 ', 'empty'],
    ['x'.repeat(3000), 'too_long'],
    ['#12', 'not_a_pull_request'],
    ['我的合并请求', 'empty'],
    ['hello world', 'not_a_pull_request'],
    ['https://github.com/huggingface/trl/issues/12', 'not_a_pull_request'],
    ['https://github.com/huggingface/trl', 'not_a_pull_request'],
    ['https://github.com/a/../pull/1', 'not_a_pull_request'],
    ['https://github.com/a/b/pull/0', 'bad_number'],
    ['https://github.com/a/b/pull/99999999999999999999', 'bad_number'],
    ['https://github.com/a/b/pull/12abc', 'not_a_pull_request'],
    ['https://gitlab.com/a/b/pull/12', 'unknown_host'],
    ['https://evil.example/https://github.com/a/b/pull/1', 'unknown_host'],
    ['https://github.com.evil.example/a/b/pull/1', 'unknown_host'],
    ['https://notgithub.com/a/b/pull/1', 'unknown_host'],
    ['http://169.254.169.254/latest/meta-data', 'unknown_host'],
  ])('%s → %s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('knows platforms at other addresses, and the public ones no more', () => {
    expect(read('http://localhost:4000/github/o/r/pull/1', SANDBOX)).toBe('github o/r 1')
    expect(read('localhost:4000/gitee/o/r/pulls/2/files', SANDBOX)).toBe('gitee o/r 2')
    expect(read('o/r!3', SANDBOX)).toBe('gitee o/r 3')
    expect(read('https://github.com/o/r/pull/1', SANDBOX)).toBe('unknown_host')
    expect(read('http://localhost:4001/github/o/r/pull/1', SANDBOX)).toBe('unknown_host')
  })

  it('never throws, and what it names holds nothing but a name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        for (const text of [noise, `github.com/${noise}/b/pull/1`, `gitee.com/a/${noise}/pulls/1`]) {
          const result = parsePullRequestAddress(text)
          if (result.ok) expect(`${result.address.owner}/${result.address.name}`).toMatch(/^[\w.-]+\/[\w.-]+$/)
        }
      }),
    )
  })
})
