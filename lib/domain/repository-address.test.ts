import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PUBLIC_BASE_URLS } from './contribution-address'
import { parseRepositoryAddress } from './repository-address'

test.each([
  ['https://github.com/vllm-project/vllm', 'github', 'vllm-project', 'vllm'],
  ['github.com/vllm-project/vllm/tree/main/docs', 'github', 'vllm-project', 'vllm'],
  ['http://www.github.com/vllm-project/vllm.git', 'github', 'vllm-project', 'vllm'],
  ['git@github.com:ggml-org/llama.cpp.git', 'github', 'ggml-org', 'llama.cpp'],
  ['git clone ssh://git@gitee.com/mindspore/mindspore.git', 'gitee', 'mindspore', 'mindspore'],
  ['推荐这个：https://gitee.com/ascend/MindSpeed?tab=readme，很好', 'gitee', 'ascend', 'MindSpeed'],
  ['https://atomgit.com/Ascend/pytorch/pulls', 'gitcode', 'Ascend', 'pytorch'],
  ['huggingface/trl', 'github', 'huggingface', 'trl'],
])('%j is %s %s/%s', (text, platform, owner, name) => {
  expect(parseRepositoryAddress(text)).toEqual({ ok: true, address: { platform, owner, name } })
})

test.each([
  ['', 'empty'],
  ['  　', 'empty'],
  ['x'.repeat(501), 'too_long'],
  ['https://gitlab.com/group/project', 'unknown_host'],
  ['https://github.com.evil.example/a/b', 'unknown_host'],
  ['https://evil.example/github.com/a', 'unknown_host'],
  ['https://github.com/vllm-project', 'not_a_repository'],
  ['https://github.com/topics/llm', 'not_a_repository'],
  ['https://github.com/a/..', 'not_a_repository'],
  ['the repository and/or the model', 'not_a_repository'],
])('%j is no address of a repository: %s', (text, code) => {
  expect(parseRepositoryAddress(text)).toEqual({ ok: false, code })
})

test('a sandbox’s address is one where it is configured, and nowhere else', () => {
  const address = 'http://127.0.0.1:4000/github/octo/model'
  expect(parseRepositoryAddress(address)).toMatchObject({ ok: false })
  const bases = { ...PUBLIC_BASE_URLS, github: ['http://127.0.0.1:4000/github'] }
  expect(parseRepositoryAddress(address, bases)).toMatchObject({ ok: true, address: { owner: 'octo', name: 'model' } })
})

test('whatever is pasted, what comes out can stand in a path', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (text) => {
      const read = parseRepositoryAddress(`https://github.com/${text}`)
      if (read.ok) expect(`${read.address.owner}/${read.address.name}`).toMatch(/^[\w.-]+\/[\w.-]+$/)
    }),
  )
})
