import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEPENDENCY_FILE_NAMES, type DependencyFileName, readDependencyNames } from './dependency-file'

const PYPROJECT = `
[build-system]
requires = ["setuptools>=61"]

[project]
name = "engine"
keywords = ["torch"]
dependencies = [
  "torch>=2.4",      # the engine
  'Sentence_Transformers[train] ~= 3.0; python_version >= "3.9"',
  # "tensorflow",
]

[project.optional-dependencies]
serve = ["vllm==0.6.0", "fastapi"]

[tool.poetry.dependencies]
python = "^3.10"
jax = { version = "^0.4", optional = true }
`

const SETUP_PY = `
from setuptools import setup
setup(
    name="x",
    install_requires=[
        "mindspore>=2.3",
        # "torch",
        'numpy',
    ],
    extras_require={"test": ["pytest"]},
)
`

const CARGO = `
[package]
name = "engine"

[dependencies]
candle-core = "0.6"
serde = { version = "1", features = ["derive"] }

[dependencies.tokenizers]
version = "0.20"

[target.'cfg(unix)'.dev-dependencies]
criterion = "0.5"
`

const GO_MOD = `module example.org/agent

go 1.22

require github.com/tmc/langchaingo v0.1.12
require (
	github.com/ollama/ollama v0.3.9
	golang.org/x/net v0.28.0 // indirect
)
`

const ENVIRONMENT = `name: lab
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pytorch::pytorch=2.4
  # - tensorflow
  - pip:
      - diffusers>=0.30
variables:
  - not-a-package
`

describe('readDependencyNames', () => {
  test.each<[DependencyFileName, string, string[]]>([
    [
      'requirements.txt',
      'torch==2.4.0 # cuda\n-r other.txt\n\n# jax\nFlash_Attn ; sys_platform == "linux"\ngit+https://github.com/a/b.git#egg=megatron.core\ntransformers[torch]>=4.44',
      ['torch', 'flash-attn', 'megatron-core', 'transformers'],
    ],
    ['pyproject.toml', PYPROJECT, ['torch', 'sentence-transformers', 'vllm', 'fastapi', 'jax']],
    ['setup.py', SETUP_PY, ['mindspore', 'numpy', 'pytest']],
    [
      'setup.cfg',
      '[metadata]\nname = x\n\n[options]\ninstall_requires =\n    keras>=3\n    numpy\npackages = find:\n',
      ['keras', 'numpy'],
    ],
    ['environment.yml', ENVIRONMENT, ['python', 'pytorch', 'diffusers']],
    [
      'package.json',
      '{"name":"x","dependencies":{"@huggingface/transformers":"^3"},"devDependencies":{"vitest":"3"}}',
      ['@huggingface/transformers', 'vitest'],
    ],
    ['Cargo.toml', CARGO, ['candle-core', 'serde', 'tokenizers', 'criterion']],
    ['go.mod', GO_MOD, ['github.com/tmc/langchaingo', 'github.com/ollama/ollama', 'golang.org/x/net']],
    [
      'pom.xml',
      '<project><dependency><groupId>dev.langchain4j</groupId><artifactId> langchain4j </artifactId></dependency></project>',
      ['langchain4j'],
    ],
  ])('%s', (file, text, names) => {
    expect(readDependencyNames(file, text)).toEqual(names)
  })

  test('never throws and never takes long, whatever stands in the file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DEPENDENCY_FILE_NAMES),
        fc.string({ unit: 'grapheme', maxLength: 3000 }),
        (file, text) => {
          expect(readDependencyNames(file, text).length).toBeLessThanOrEqual(400)
        },
      ),
    )
    for (const file of DEPENDENCY_FILE_NAMES) {
      for (const piece of [
        'dependencies = [\n',
        '[',
        '"',
        'install_requires=[',
        '  - a\n',
        'require (\n',
        ' \n',
        '#',
      ]) {
        const begun = performance.now()
        readDependencyNames(file, piece.repeat(40_000))
        expect([file, piece, performance.now() - begun < 3000]).toEqual([file, piece, true])
      }
    }
  })
})
