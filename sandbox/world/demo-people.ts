import { type PlainStudent, plainStudents } from './demo-students'

/**
 * The people of the demo: invented, at two invented universities. The identity provider signs them in,
 * the app's seed puts them on the roster, the world gives them their platform accounts.
 */

export const DEMO_UNIVERSITIES = [
  {
    slug: 'yunlu',
    name: '云麓大学',
    englishName: 'Yunlu University',
    emailDomain: 'yunlu.example.edu',
    colleges: ['计算机学院', '人工智能学院', '数学与统计学院'],
  },
  {
    slug: 'haicheng',
    name: '海澄理工大学',
    englishName: 'Haicheng Institute of Technology',
    emailDomain: 'haicheng.example.edu',
    colleges: ['软件学院', '电子信息学院'],
  },
] as const

export type UniversitySlug = (typeof DEMO_UNIVERSITIES)[number]['slug']
export type DemoRole = 'student' | 'reviewer' | 'admin'

export type DemoMembership = {
  university: UniversitySlug
  /** 学号 or 工号: text, leading zeros kept. */
  number: string
  roles: readonly DemoRole[]
  college: string
  programme: string | null
  className: string | null
  email: string
}

export type DemoPerson = {
  /** Stable name of the person in code and at the identity provider. */
  key: string
  name: string
  englishName: string
  memberships: readonly DemoMembership[]
  github: { id: number; login: string } | null
  gitee: { id: number; login: string } | null
  gitcode: { id: number; login: string } | null
  huggingface: { id: number; login: string } | null
}

type Row = readonly [
  key: string,
  name: string,
  englishName: string,
  number: string,
  college: string,
  programme: string | null,
  className: string | null,
  github: readonly [number, string] | null,
  gitee: readonly [number, string] | null,
]

const CS = '计算机学院'
const AI = '人工智能学院'
const MATH = '数学与统计学院'
const SOFTWARE = '软件学院'
const ELECTRONICS = '电子信息学院'

const YUNLU_STUDENTS: readonly Row[] = [
  [
    'lin-yue',
    '林悦',
    'Lin Yue',
    '0230417001',
    CS,
    '计算机科学与技术',
    '计科2301',
    [71204501, 'linyue-dev'],
    [9150001, 'lin-yue'],
  ],
  [
    'chen-siyuan',
    '陈思远',
    'Chen Siyuan',
    '0230417002',
    CS,
    '软件工程',
    '软工2301',
    [71204502, 'csy-forge'],
    [9150002, 'chensiyuan'],
  ],
  [
    'zhao-mingxuan',
    '赵明轩',
    'Zhao Mingxuan',
    '0230417015',
    CS,
    '计算机科学与技术',
    '计科2302',
    [71204503, 'mingxuan-z'],
    null,
  ],
  [
    'sun-yihan',
    '孙逸涵',
    'Sun Yihan',
    '0230521003',
    AI,
    '人工智能',
    '智能2301',
    [71204504, 'yihan-sun-ai'],
    [9150004, 'sunyihan'],
  ],
  ['zhou-zimo', '周子墨', 'Zhou Zimo', '0230521008', AI, '人工智能', '智能2301', [71204505, 'zimo-codes'], null],
  [
    'wu-jiaqi',
    '吴佳琪',
    'Wu Jiaqi',
    '0240521011',
    AI,
    '数据科学与大数据技术',
    '数科2401',
    null,
    [9150006, 'wujiaqi-ms'],
  ],
  [
    'zheng-haoran',
    '郑浩然',
    'Zheng Haoran',
    '0220610007',
    MATH,
    '信息与计算科学',
    '信计2201',
    [71204507, 'haoran-zheng'],
    null,
  ],
  ['he-qingyu', '何清羽', 'He Qingyu', '0240417020', CS, '计算机科学与技术', '计科2401', null, null],
  ['xu-anran', '徐安然', 'Xu Anran', '0230417033', CS, '软件工程', '软工2302', [71204509, 'anran-x'], null],
]

const HAICHENG_STUDENTS: readonly Row[] = [
  [
    'wang-ruoxi',
    '王若溪',
    'Wang Ruoxi',
    '0023110102',
    SOFTWARE,
    '软件工程',
    '软件2301',
    [71204511, 'ruoxi-w'],
    [9150011, 'ruoxi'],
  ],
  [
    'gao-tianyu',
    '高天宇',
    'Gao Tianyu',
    '0023110118',
    SOFTWARE,
    '人工智能',
    '智能2301',
    [71204512, 'tianyu-gao-hit'],
    null,
  ],
  ['ma-siqi', '马思琪', 'Ma Siqi', '0022120045', ELECTRONICS, '电子信息工程', '电信2202', null, [9150013, 'masiqi']],
  [
    'luo-chenxi',
    '罗晨曦',
    'Luo Chenxi',
    '0023120009',
    ELECTRONICS,
    '通信工程',
    '通信2301',
    [71204514, 'chenxi-luo'],
    null,
  ],
]

/** Who went along when projects moved from Gitee to GitCode. */
const GITCODE_ACCOUNTS: Readonly<Record<string, { id: number; login: string }>> = {
  'lin-yue': { id: 5150001, login: 'linyue' },
  'chen-siyuan': { id: 5150002, login: 'csy_forge' },
  'wu-jiaqi': { id: 5150006, login: 'wujiaqi' },
  'wang-ruoxi': { id: 5150011, login: 'ruoxi_w' },
  'ma-siqi': { id: 5150013, login: 'masiqi' },
}

/** Who publishes at Hugging Face, or works on what others publish there. */
const HUGGINGFACE_ACCOUNTS: Readonly<Record<string, { id: number; login: string }>> = {
  'lin-yue': { id: 7150001, login: 'linyue-hf' },
  'chen-siyuan': { id: 7150002, login: 'csy-forge' },
  'zhao-mingxuan': { id: 7150003, login: 'mingxuan-z' },
  'wang-ruoxi': { id: 7150011, login: 'ruoxi' },
}

function student(university: UniversitySlug, row: Row): DemoPerson {
  const [key, name, englishName, number, college, programme, className, github, gitee] = row
  return {
    key,
    name,
    englishName,
    memberships: [membership(university, { key, number, roles: ['student'], college, programme, className })],
    github: github && { id: github[0], login: github[1] },
    gitee: gitee && { id: gitee[0], login: gitee[1] },
    gitcode: GITCODE_ACCOUNTS[key] ?? null,
    huggingface: HUGGINGFACE_ACCOUNTS[key] ?? null,
  }
}

const NOWHERE = { github: null, gitee: null, gitcode: null, huggingface: null } as const

function plainStudent({ university, name, englishName, ...facts }: PlainStudent): DemoPerson {
  const memberships = [membership(university, { ...facts, roles: ['student'] })]
  return { key: facts.key, name, englishName, memberships, ...NOWHERE }
}

function membership(
  university: UniversitySlug,
  facts: Omit<DemoMembership, 'university' | 'email'> & { key: string },
): DemoMembership {
  const { key, ...rest } = facts
  return { university, email: `${key}@${university}.example.edu`, ...rest }
}

type StaffRow = readonly [
  key: string,
  name: string,
  englishName: string,
  memberships: readonly (readonly [UniversitySlug, number: string, college: string, roles: readonly DemoRole[]])[],
]

const STAFF: readonly StaffRow[] = [
  ['shen-guoan', '沈国安', 'Shen Guoan', [['yunlu', '00010023', CS, ['reviewer']]]],
  ['tang-wenhui', '唐文慧', 'Tang Wenhui', [['yunlu', '00010057', AI, ['reviewer']]]],
  ['fan-lijun', '范丽君', 'Fan Lijun', [['yunlu', '00010071', MATH, ['reviewer']]]],
  ['liu-jing', '刘静', 'Liu Jing', [['yunlu', '00090002', CS, ['admin']]]],
  ['song-zhe', '宋哲', 'Song Zhe', [['yunlu', '00090005', CS, ['admin', 'reviewer']]]],
  ['cao-yun', '曹芸', 'Cao Yun', [['haicheng', 'T2010031', SOFTWARE, ['reviewer']]]],
  ['deng-kai', '邓凯', 'Deng Kai', [['haicheng', 'T2015008', ELECTRONICS, ['reviewer']]]],
  ['pan-heng', '潘衡', 'Pan Heng', [['haicheng', 'T2012044', SOFTWARE, ['reviewer']]]],
  ['hao-ruzhen', '郝如真', 'Hao Ruzhen', [['haicheng', 'T2018026', ELECTRONICS, ['reviewer']]]],
  ['xie-min', '谢敏', 'Xie Min', [['haicheng', 'A2000003', SOFTWARE, ['admin']]]],
  // Belongs to both universities, to be switched between in sight.
  [
    'peng-yichen',
    '彭亦辰',
    'Peng Yichen',
    [
      ['yunlu', '00010102', AI, ['reviewer']],
      ['haicheng', 'T2020017', SOFTWARE, ['reviewer', 'admin']],
    ],
  ],
]

function staff([key, name, englishName, rows]: StaffRow): DemoPerson {
  const memberships = rows.map(([university, number, college, roles]) =>
    membership(university, { key, number, roles, college, programme: null, className: null }),
  )
  return { key, name, englishName, memberships, ...NOWHERE }
}

export const demoPeople: readonly DemoPerson[] = [
  ...YUNLU_STUDENTS.map((row) => student('yunlu', row)),
  ...HAICHENG_STUDENTS.map((row) => student('haicheng', row)),
  ...plainStudents.map(plainStudent),
  ...STAFF.map(staff),
]
