import { describe, expect, test } from 'vitest'
import { type Relatedness, suggestRelatedness } from './ai-relatedness'

type Signs = Parameters<typeof suggestRelatedness>[0]

const NOTHING: Signs = { name: 'engine', topics: [], description: null, dependencies: [] }
const built = (file: 'requirements.txt' | 'package.json' | 'Cargo.toml' | 'go.mod', ...names: string[]) => ({
  ...NOTHING,
  dependencies: [{ file, names }],
})

describe('suggestRelatedness', () => {
  test('says what it goes by, the clearest first', () => {
    const suggestion = suggestRelatedness({
      name: 'tiny-llm',
      topics: ['rust', 'LLM-Inference'],
      description: 'A small inference engine for LLMs',
      dependencies: [
        { file: 'requirements.txt', names: ['numpy', 'torch', 'openai'] },
        { file: 'pyproject.toml', names: ['torch'] },
      ],
    })
    expect(suggestion).toEqual({
      relatedness: 'likely',
      reasons: [
        { code: 'topic', value: 'LLM-Inference', file: null },
        { code: 'library', value: 'torch', file: 'requirements.txt' },
        { code: 'description_word', value: 'inference engine', file: null },
        { code: 'description_word', value: 'llms', file: null },
        { code: 'near_library', value: 'openai', file: 'requirements.txt' },
        { code: 'name_word', value: 'llm', file: null },
      ],
    })
  })

  test.each<[string, Signs, Relatedness]>([
    ['one topic', { ...NOTHING, topics: ['deep-learning'] }, 'likely'],
    ['a Chinese topic', { ...NOTHING, topics: ['昇腾'] }, 'likely'],
    ['one library that learns', built('Cargo.toml', 'serde', 'candle-core'), 'likely'],
    ['one that only talks to a model', built('package.json', 'react', 'openai'), 'possible'],
    ['one word', { ...NOTHING, description: '面向校园的大模型应用' }, 'possible'],
    ['three weak signs', { ...NOTHING, name: 'my-gpt', description: 'LLM agents: agentic chat' }, 'likely'],
    ['a web framework', built('package.json', 'express', 'pg'), 'unlikely'],
    [
      'words that only look alike',
      { ...NOTHING, description: 'Email maintenance and campaign tools; said to be plain' },
      'unlikely',
    ],
    ['nothing at all', NOTHING, 'unknown'],
    ['a Go name in a Python file', built('requirements.txt', 'github.com/ollama/ollama'), 'unlikely'],
  ])('%s: %o is %s', (_what, signs, relatedness) => {
    expect(suggestRelatedness(signs).relatedness).toBe(relatedness)
  })

  test('a page of signs is cut, so that it can be read', () => {
    const names = ['torch', 'jax', 'flax', 'optax', 'keras', 'timm', 'peft', 'trl', 'vllm', 'sglang']
    expect(suggestRelatedness(built('requirements.txt', ...names)).reasons).toHaveLength(6)
  })
})
