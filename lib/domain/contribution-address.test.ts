import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseContributionAddress } from './contribution-address'
import { byPlatform } from './platform'

const SANDBOX = byPlatform((platform) => [`http://localhost:4000/${platform}/`])

function read(text: string, baseUrls?: typeof SANDBOX): string {
  const result = parseContributionAddress(text, baseUrls)
  if (!result.ok) return result.code
  const { platform, owner, name, ...target } = result.address
  const { kind } = target
  if (target.kind === 'pull_request') return `${platform} ${owner}/${name} ${target.number}`
  if (target.kind === 'commit') return `${platform} ${owner}/${name} ${kind} ${target.sha}`
  if (target.kind === 'review') return `${platform} ${owner}/${name} ${target.number} ${target.of} ${target.id}`
  return `${platform} ${owner}/${name} ${kind}`
}

const SHA = '0123456789abcdef0123456789abcdef01234567'

describe('parseContributionAddress', () => {
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
    ['#12', 'not_a_contribution'],
    ['我的合并请求', 'empty'],
    ['hello world', 'not_a_contribution'],
    ['https://github.com/huggingface/trl/issues/12', 'not_a_contribution'],
    ['https://github.com/huggingface/trl', 'not_a_contribution'],
    ['https://github.com/a/../pull/1', 'not_a_contribution'],
    ['https://github.com/a/b/pull/0', 'bad_number'],
    ['https://github.com/a/b/pull/99999999999999999999', 'bad_number'],
    ['https://github.com/a/b/pull/12abc', 'not_a_contribution'],
    ['https://gitlab.com/a/b/pull/12', 'unknown_host'],
    ['https://evil.example/https://github.com/a/b/pull/1', 'unknown_host'],
    ['https://github.com.evil.example/a/b/pull/1', 'unknown_host'],
    ['https://notgithub.com/a/b/pull/1', 'unknown_host'],
    ['http://169.254.169.254/latest/meta-data', 'unknown_host'],
    ['https://github.com/a/b/commit/0123456789abcdef0123456789abcdef01234567', `github a/b commit ${SHA}`],
    ['https://github.com/a/b/commit/0123456#diff-1', 'github a/b commit 0123456'],
    ['https://GITEE.com/a/b/commit/0123456789ABCDEF0123456789ABCDEF01234567', `gitee a/b commit ${SHA}`],
    ['https://gitcode.com/a/b/commits/0123456', 'gitcode a/b commit 0123456'],
    ['https://github.com/a/b/commit/main', 'not_a_contribution'],
    ['https://github.com/a/b/commit/012345', 'not_a_contribution'],
    ['https://github.com/a/b/commits/main', 'not_a_contribution'],
    ['https://github.com/a/b/pull/12/commits/0123456789abcdef0123456789abcdef01234567', 'github a/b 12'],
    ['https://github.com/a/b/pull/12#pullrequestreview-99', 'github a/b 12 review 99'],
    ['https://github.com/a/b/pull/12/files#r98', 'github a/b 12 remark 98'],
    ['https://github.com/a/b/pull/12/files/0123456..89abcde#r98', 'github a/b 12 remark 98'],
    ['https://github.com/a/b/pull/12#discussion_r98', 'github a/b 12 remark 98'],
    ['https://github.com/a/b/pull/12#issuecomment-98', 'github a/b 12'],
    ['https://gitee.com/a/b/pulls/12#note_98', 'gitee a/b 12'],
    ['https://huggingface.co/a/b/discussions/3', 'huggingface a/b 3'],
    ['https://huggingface.co/datasets/a/b/discussions/3#65f0', 'huggingface datasets/a/b 3'],
    ['https://huggingface.co/spaces/a/b/discussions/3', 'huggingface spaces/a/b 3'],
    ['https://huggingface.co/linyue/tiny-llm', 'huggingface linyue/tiny-llm model'],
    ['hf.co/linyue/tiny-llm/tree/main?x=1', 'huggingface linyue/tiny-llm model'],
    ['https://huggingface.co/datasets/linyue/poems', 'huggingface datasets/linyue/poems dataset'],
    ['https://huggingface.co/datasets/linyue/poems/blob/main/README.md', 'huggingface datasets/linyue/poems dataset'],
    ['https://huggingface.co/linyue/x/commit/0123456', 'huggingface linyue/x commit 0123456'],
    ['https://huggingface.co/spaces/linyue/demo', 'not_a_contribution'],
    ['https://huggingface.co/datasets/squad', 'not_a_contribution'],
    ['https://huggingface.co/docs/hub', 'not_a_contribution'],
    ['https://huggingface.co/linyue', 'not_a_contribution'],
    ['https://huggingface.co/linyue/x/settings', 'not_a_contribution'],
    ['https://huggingface.co/a/b 里的 https://github.com/c/d/pull/4', 'github c/d 4'],
    ['https://github.com/a/b', 'not_a_contribution'],
    // No door beside the one: other ports, somebody's name before the host, hosts that only look like ours.
    ['https://github.com:8443/a/b/pull/1', 'unknown_host'],
    ['https://user:secret@github.com/a/b/pull/1', 'unknown_host'],
    ['https://github.com@evil.example/a/b/pull/1', 'unknown_host'],
    ['https://xn--gthub-n2a.com/a/b/pull/1', 'unknown_host'],
    ['https://gіthub.com/a/b/pull/1', 'unknown_host'],
    ['https://evilаgithub.com/a/b/pull/1', 'unknown_host'],
    ['https://évil.github.com/a/b/pull/1', 'unknown_host'],
    ['file:///etc/passwd', 'not_a_contribution'],
    ['javascript:alert(1)//github.example/a/b/pull/1', 'not_a_contribution'],
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
          const result = parseContributionAddress(text)
          if (result.ok) expect(`${result.address.owner}/${result.address.name}`).toMatch(/^[\w.-]+\/[\w.-]+$/)
        }
      }),
    )
  })

  const path = fc.constantFrom(
    'a/b/pull/1',
    `a/b/commit/${SHA}`,
    'a/b/pull/1#pullrequestreview-2',
    'a/b',
    'a/b/pulls/1',
  )
  const label = fc.stringMatching(/^[a-z\d](?:[a-z\d-]{0,20}[a-z\d])?$/)
  const scheme = fc.constantFrom('', 'http://', 'https://', 'HTTPS://')

  it('takes no host that is not configured, however near to one', () => {
    const known = new Set(['github.com', 'gitee.com', 'gitcode.com', 'atomgit.com', 'huggingface.co', 'hf.co'])
    const host = fc
      .tuple(
        fc.array(label, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('com', 'cn', 'co', 'io', 'org', 'example'),
      )
      .map(([labels, end]) => [...labels, end].join('.'))
    const nearby = fc.tuple(fc.constantFrom(...known), label).chain(([one, word]) => {
      const punycode = `xn--${one.replace('i', '')}`
      return fc.constantFrom(`${word}.${one}`, `${word}${one}`, `${word}-${one}`, `${one}.${word}.io`, punycode)
    })
    fc.assert(
      fc.property(scheme, fc.oneof(host, nearby), path, (before, name, after) => {
        fc.pre(!known.has(name) && ![...known].some((one) => name === `www.${one}`))
        expect(parseContributionAddress(`${before}${name}/${after}`).ok).toBe(false)
      }),
    )
  })

  it('takes no port and no credentials, and hands on none', () => {
    const secret = fc.stringMatching(/^[\w%.:-]{1,20}$/)
    const ported = fc.integer({ min: 0, max: 99_999 }).map((port) => `github.com:${port}`)
    const named = secret.map((one) => `${one}@github.com`)
    fc.assert(
      fc.property(scheme, fc.oneof(ported, named), path, (before, host, after) => {
        expect(parseContributionAddress(`${before}${host}/${after}`).ok).toBe(false)
      }),
    )
  })

  it('reads back what it was given', () => {
    const owner = fc.stringMatching(/^[A-Za-z\d](?:[A-Za-z\d-]{0,20}[A-Za-z\d])?$/)
    const name = fc.stringMatching(/^[A-Za-z\d][\w-]{0,30}$/)
    const sha = fc.stringMatching(/^[0-9a-f]{40}$/)
    const number = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(owner, name, sha, number, (o, n, s, i) => {
        expect(read(`https://github.com/${o}/${n}/commit/${s}`)).toBe(`github ${o}/${n} commit ${s}`)
        expect(read(`github.com/${o}/${n}/pull/${i}#pullrequestreview-${i}`)).toBe(`github ${o}/${n} ${i} review ${i}`)
        expect(read(`（https://gitee.com/${o}/${n}/pulls/${i}）`)).toBe(`gitee ${o}/${n} ${i}`)
        expect(read(`huggingface.co/datasets/${o}/${n}`)).toBe(`huggingface datasets/${o}/${n} dataset`)
      }),
    )
  })
})
