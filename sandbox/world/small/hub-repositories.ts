import type { Row } from './repository-row'

/** What stands at Hugging Face: models, datasets and a space of others, and what students published themselves. */
export const HUB_ROWS: readonly Row[] = [
  hubRow('Qwen/Qwen2.5-7B-Instruct', 7010001, 7100001, {
    license: 'apache-2.0',
    stars: 1103,
    firstNumber: 21,
    weight: 5,
  }),
  hubRow('BAAI/bge-m3', 7010002, 7100002, { license: 'mit', stars: 2610, firstNumber: 104, weight: 4 }),
  hubRow('sentence-transformers/all-MiniLM-L6-v2', 7010003, 7100003, {
    license: 'apache-2.0',
    stars: 4120,
    firstNumber: 77,
    weight: 3,
  }),
  hubRow('datasets/HuggingFaceFW/fineweb', 7010004, 7100004, {
    license: 'odc-by',
    stars: 2480,
    firstNumber: 51,
    weight: 3,
  }),
  hubRow('spaces/mteb/leaderboard', 7010005, 7100005, { license: 'mit', stars: 6700, firstNumber: 160, weight: 2 }),
  hubRow('campus-nlp/word-vectors', 7010006, 7100006, { license: null, stars: 4, firstNumber: 2, weight: 0 }),
  hubRow('linyue-hf/qwen2.5-0.5b-campus-qa', 7020001, 7150001, {
    license: 'apache-2.0',
    stars: 37,
    firstNumber: 1,
    weight: 0,
    created: '2026-10-12',
    downloads: 1840,
  }),
  hubRow('datasets/linyue-hf/campus-dialogues', 7020002, 7150001, {
    license: null,
    stars: 3,
    firstNumber: 1,
    weight: 0,
    created: '2026-09-20',
    downloads: 62,
    hasCard: false,
  }),
  hubRow('linyue-hf/tiny-tokenizer', 7020003, 7150001, {
    license: 'mit',
    stars: 0,
    firstNumber: 1,
    weight: 0,
    created: '2024-05-06',
    downloads: 11,
  }),
  hubRow('csy-forge/minicpm-ascend-int8', 7020004, 7150002, {
    license: 'apache-2.0',
    stars: 12,
    firstNumber: 1,
    weight: 0,
    created: '2026-11-03',
    downloads: 410,
  }),
  hubRow('spaces/csy-forge/npu-playground', 7020005, 7150002, {
    license: 'mit',
    stars: 5,
    firstNumber: 1,
    weight: 0,
    created: '2026-10-30',
    downloads: 0,
  }),
]

type HubFacts = Pick<Row, 'license' | 'stars' | 'firstNumber' | 'weight' | 'created' | 'downloads' | 'hasCard'>

function hubRow(fullName: string, id: number, ownerId: number, facts: HubFacts): Row {
  return { platform: 'huggingface', fullName, id, ownerId, topics: ['hub'], downloads: facts.stars * 410, ...facts }
}
